import { parse } from '@formatjs/icu-messageformat-parser'
import type { MessageFormatElement } from '@formatjs/icu-messageformat-parser'

/** A message without arguments is its text; any other is the tree `intl-messageformat` formats. */
export type CompiledMessage = string | MessageFormatElement[]
export type CompiledMessages = Readonly<Record<string, CompiledMessage>>

/** Parses ICU messages. Throws on bad syntax, naming the message. Runs on the server and in builds, never in a browser. */
export function compileMessages(messages: Readonly<Record<string, string>>): CompiledMessages {
  return Object.fromEntries(Object.entries(messages).map(([id, text]) => [id, compileMessage(id, text)]))
}

function compileMessage(id: string, text: string): CompiledMessage {
  if (!/[{<']/.test(text)) return text
  try {
    return parse(text, { captureLocation: false })
  } catch (cause) {
    throw new Error(`message ${id} is not valid ICU: ${text}`, { cause })
  }
}
