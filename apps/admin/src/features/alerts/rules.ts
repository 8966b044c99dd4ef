import type { Translator } from '@dhow/i18n/translator.ts'

const toldRules = ['TR-1', 'TR-2', 'TR-4', 'TR-5', 'TR-6', 'TR-9', 'TR-16'] as const

/** What a threat rule is about, in a few words. One that has none here is shown by its own name. */
export function ruleWords(t: Translator, rule: string): string {
  const told = toldRules.find((name) => rule === name || rule.startsWith(`${name} `))
  return told ? t(`admin.alerts.rule.${told}`) : rule
}
