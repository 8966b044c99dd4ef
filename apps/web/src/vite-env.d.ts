/// <reference types="vite/client" />

declare module 'virtual:messages/account/en' {
  import type { CompiledMessages } from '@dhow/i18n/compile.ts'
  export const messages: CompiledMessages
}

declare module 'virtual:messages/account/ar' {
  import type { CompiledMessages } from '@dhow/i18n/compile.ts'
  export const messages: CompiledMessages
}

declare module 'virtual:messages/orders/en' {
  import type { CompiledMessages } from '@dhow/i18n/compile.ts'
  export const messages: CompiledMessages
}

declare module 'virtual:messages/orders/ar' {
  import type { CompiledMessages } from '@dhow/i18n/compile.ts'
  export const messages: CompiledMessages
}
