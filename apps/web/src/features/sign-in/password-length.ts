/** `minPasswordLength` of the contract, whose schemas must not reach the browser; a test compares them. */
export const shortestPassword = 15
