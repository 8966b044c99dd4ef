/** A provider's own snippet, where the shop has switched it on. */
export interface OfficialWidget {
  scriptUrl: string
  publicKey: string
  merchantCode: string | null
}

export interface InstalmentPromo {
  provider: 'tabby' | 'tamara'
  /** Null where only the provider says into how many: then no amount has parts. */
  count: number | null
  /** What one part of an amount is, by the amount in minor units, made by the server; an amount without one is not split here. */
  parts: Readonly<Record<string, string>>
  widget: OfficialWidget | null
}
