/** Types for the tests; the browser takes card.js as it is. */
export type Brand = { name: string; start: RegExp; lengths: number[]; cvc: number; gaps: number[] }
export declare function brandOf(number: string): Brand
export declare function digitsOf(text: string): string
export declare function formatNumber(digits: string): string
export declare function formatExpiry(text: string, isDeleting: boolean): string
export declare function numberFault(digits: string): string | undefined
export declare function expiryFault(text: string, now: Date): string | undefined
export declare function cvcFault(digits: string, number: string): string | undefined
