import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import map from './asvs-map.json' with { type: 'json' }

/** One requirement of ASVS 5.0 (V6 to V10) in our words, and what answers it. */
export interface Requirement {
  id: string
  level: number
  asks: string
  /** Our controls: each is the beginning of the name of at least one test. */
  controls?: readonly string[]
  /** Files it is built in, or pages that document it. */
  where?: readonly string[]
  /** Why it does not concern us. */
  notApplicable?: string
}

const requirements: readonly Requirement[] = map.requirements
/** Every control of the checklist this release answers for, whether or not ASVS asks for it. */
const { controls } = map

const ROOT = path.resolve(import.meta.dirname, '../..')

export interface NamedTest {
  control: string
  name: string
  file: string
}

/** A test's name that begins with one or more controls: `AU-7: …`, `AU-8, AU-9: …`. */
const namedByControl = /(['"`])((?:[A-Z]{1,2}-?\d+)(?:, (?:[A-Z]{1,2}-?\d+))*): ((?:(?!\1)[^\\\n]|\\.)+)\1/g

/** Tests that say which control they prove, in the order of their files. */
export function findNamedTests(): NamedTest[] {
  const files = globSync(['apps/**/*.test.ts', 'packages/**/*.test.ts', 'tests/**/*.test.ts'], {
    cwd: ROOT,
    exclude: (name) => name.includes('node_modules'),
  }).toSorted()
  return files.flatMap((file) => {
    const text = readFileSync(path.join(ROOT, file), 'utf8')
    return [...text.matchAll(namedByControl)].flatMap(([, , ids = '', name = '']) =>
      ids.split(', ').map((control) => ({ control, name: name.replaceAll('\\', ''), file })),
    )
  })
}

/** What is claimed and not so: a control without a test, a file that is not there. Empty when the map tells the truth. */
export function faultsInMap(tests: readonly NamedTest[]): string[] {
  const proven = new Set(tests.map((test) => test.control))
  const claimed = new Set([...controls, ...requirements.flatMap((requirement) => requirement.controls ?? [])])
  const places = new Set(requirements.flatMap((requirement) => requirement.where ?? []))
  return [
    ...[...claimed].filter((control) => !proven.has(control)).map((control) => `no test is named "${control}: …"`),
    ...[...places].filter((place) => !existsSync(path.join(ROOT, place))).map((place) => `${place} is not there`),
  ]
}

const cell = (text: string): string => text.replaceAll('|', '\\|')
const link = (place: string): string => `[${place}](../../${place})`

function rowOf({ id, level, asks, controls: ids = [], where = [], notApplicable }: Requirement): string {
  const answer = notApplicable
    ? `*Not applicable.* ${notApplicable}`
    : ids.map((control) => `[${control}](#${control.toLowerCase()})`).join(', ')
  return `| ${id} | ${level} | ${cell(asks)} | ${cell(answer)} | ${where.map(link).join('<br>')} |`
}

function sectionOf(control: string, tests: readonly NamedTest[]): string {
  const mine = tests.filter((test) => test.control === control)
  return [`### ${control}`, '', ...mine.map((test) => `- ${test.name} (${link(test.file)})`), ''].join('\n')
}

const heading = `# What OWASP ASVS 5.0 asks of sign-in, sessions, access and tokens, and what proves that it is so

Chapters V6 to V10, level 2 whole and what we meet of level 3. Written by \`npm run security-map\` from
[asvs-map.json](../../scripts/security/asvs-map.json) and from the names of the tests; a test fails when this page is not what they come to, when a
control has no test, or when a file named here is gone. How it works together: [authentication.md](authentication.md).

| requirement | level | asks | proven by the tests of | built in |
| --- | --- | --- | --- | --- |`

/** The page as it is committed. */
export function printSecurityMap(tests: readonly NamedTest[]): string {
  const order = [...new Set([...controls, ...tests.map((test) => test.control)])].filter((control) =>
    controls.includes(control),
  )
  return `${heading}
${requirements.map(rowOf).join('\n')}

## Controls and their tests

${order.map((control) => sectionOf(control, tests)).join('\n')}`
}
