// Personal data does not belong into addresses, which are kept in histories and logs: it stays in memory, for this visit.
let searched = ''

export const searchedCustomer = (): string => searched

export function keepSearched(phoneOrEmail: string): void {
  searched = phoneOrEmail
}
