import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { CommandRefusal } from '../command-refusal.ts'
import { defineCommand, groupCommands } from '../define-command.ts'
import { EXIT } from '../exit-code.ts'
import { withBook, type OpenBook } from '../open-book.ts'
import { table } from '../table.ts'

/** What a file may hold, bytes: the largest profile is a twentieth of it. */
const MOST_BYTES = 200_000

type Check = Awaited<ReturnType<OpenBook['calls']['profile']['check']>>
type Checked = Check & { readonly file: string; readonly sound: boolean }

const check = defineCommand({
  name: 'check',
  words: '<file...>',
  says: `Check profiles: every fault and warning with its file, line and key. Exit code ${EXIT.refused} where one has a fault.`,
  examples: [
    'profile check mine.yaml',
    'profile check profiles/*.yaml --json',
    'profile check mine.yaml --book my.ballast',
  ],
  async action(terminal, options, ...words) {
    const files = words.filter((word) => word !== undefined)
    const texts = files.map((file) => ({ fileName: file, yaml: textOf(file) }))
    // Budgets of strategies are those of a book, so that one is opened only where it is named.
    const found =
      options.book === undefined
        ? await checkedAlone(texts)
        : await withBook(options, terminal, ({ calls }) => Promise.all(texts.map((text) => calls.profile.check(text))))
    const checked = found.map(({ faults, warnings }, index): Checked => ({
      file: files[index] ?? '',
      sound: faults.length === 0,
      faults,
      warnings,
    }))
    const sound = checked.every((one) => one.sound)
    return {
      document: { sound, profiles: checked },
      text: checked.map(checkText).join('\n'),
      exit: sound ? EXIT.done : EXIT.refused,
    }
  },
})

const list = defineCommand({
  name: 'list',
  says: 'The profiles shipped with Ballast and those saved in the book.',
  examples: ['profile list', 'profile list --json'],
  action: (terminal, options) =>
    withBook(options, terminal, async ({ calls }) => {
      const profiles = await calls.profile.list()
      const rows = profiles.map((one) => [one.active ? '*' : '', one.name, one.shipped ? 'shipped' : 'saved', one.says])
      return {
        document: { profiles },
        text: table([{ head: '' }, { head: 'Profile' }, { head: '' }, { head: 'For' }], rows, ''),
      }
    }),
})

const show = defineCommand({
  name: 'show',
  says: 'The profile in force as its file, to be kept, changed and checked.',
  examples: ['profile show > mine.yaml', 'profile show --json'],
  action: (terminal, options) =>
    withBook(options, terminal, async ({ calls }) => {
      const { name, version, hash, yaml } = await calls.profile.get()
      return { document: { name, version, hash, yaml }, text: yaml.trimEnd() }
    }),
})

/** Check the file of a profile before it is used; list profiles; show the one in force. */
export const profile = groupCommands('profile', 'Check profiles, list them, show the one in force.', [
  check,
  list,
  show,
])

async function checkedAlone(texts: readonly { fileName: string; yaml: string }[]): Promise<Check[]> {
  const { checkProfile } = await import('../../desk/profile-check.ts')
  return texts.map(({ fileName, yaml }) => checkProfile(yaml, fileName))
}

function textOf(file: string): string {
  const path = resolve(file)
  try {
    if (statSync(path).size > MOST_BYTES)
      throw new CommandRefusal(
        'FILE_TOO_LARGE',
        `${file} is larger than ${MOST_BYTES} bytes: it is no profile.`,
        'file',
      )
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof CommandRefusal) throw error
    const why = (error as NodeJS.ErrnoException).code === 'EISDIR' ? 'is a folder' : 'cannot be read'
    throw new CommandRefusal('FILE_MISSING', `${file} ${why}: name a file with a profile in YAML.`, 'file')
  }
}

function checkText({ file, faults, warnings }: Checked): string {
  const line = (word: string, { line, column, key, says }: Check['faults'][number]): string =>
    `${file}:${line}:${column}: ${word}: ${key === '' || says.startsWith(key) ? '' : `${key}: `}${says}`
  const count = (of: number, word: string): string => `${of} ${word}${of === 1 ? '' : 's'}`
  const found = [
    ...(faults.length === 0 ? [] : [count(faults.length, 'fault')]),
    ...(warnings.length === 0 ? [] : [count(warnings.length, 'warning')]),
  ]
  return [
    ...faults.map((one) => line('fault', one)),
    ...warnings.map((one) => line('warning', one)),
    `${file}: ${found.length === 0 ? 'sound' : found.join(', ')}`,
  ].join('\n')
}
