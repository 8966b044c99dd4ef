/** What other slices may use of saved cards. */
export { customerRefFor, customerSessionFor } from './card-customer.ts'
