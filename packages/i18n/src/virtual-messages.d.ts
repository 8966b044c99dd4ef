declare module 'virtual:messages/en' {
  import type { CompiledMessages } from '@dhow/i18n/compile.ts'
  export const messages: CompiledMessages
}

declare module 'virtual:messages/ar' {
  import type { CompiledMessages } from '@dhow/i18n/compile.ts'
  export const messages: CompiledMessages
}
