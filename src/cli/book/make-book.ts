import { resolve } from 'node:path'
import type { AccountView, BookView } from '../../contract/books.ts'
import { CommandRefusal } from '../command-refusal.ts'
import { defineCommand, type CommandAnswer } from '../define-command.ts'
import type { DeskClient } from '../desk-client.ts'
import { instant, money } from '../figures.ts'
import { newBookOptions, type NewBookOptions } from './new-book.ts'
import { makeBook } from './new-book.ts'
import { dataDirOf, withBook, withDesk } from '../open-book.ts'
import { table } from '../table.ts'

interface CreateOptions extends NewBookOptions {
  readonly kind?: string
}

export const create = defineCommand<CreateOptions>({
  name: 'create',
  words: '<name>',
  says: 'Make an empty book with the discretionary profile, in the data folder or at --book FILE.',
  examples: [
    'book create Paper --equity 100000',
    'book create Euro --currency EUR --time-zone Europe/Berlin --book euro.ballast --json',
  ],
  options: (command) => newBookOptions(command).option('--kind <kind>', 'paper or live', 'paper'),
  action: async (terminal, options, name = '') => {
    const { kind } = options
    if (kind !== 'paper' && kind !== 'live')
      throw new CommandRefusal('USAGE', `--kind is «${kind ?? ''}»: give paper or live.`, '--kind')
    const dataDir = await dataDirOf(options)
    const newBookPath = options.book === undefined ? {} : { newBookPath: resolve(options.book) }
    return withDesk({ dataDir, bookPath: null, ...newBookPath }, terminal, async ({ calls }) => {
      const made = await makeBook(calls, name, kind, options)
      return bookAnswer(made, await calls.account.get())
    })
  },
})

export const sample = defineCommand({
  name: 'sample',
  says: 'Make the sample book, or open it where it is made: two years of invented prices and trades.',
  examples: ['book sample'],
  action: async (terminal, options) => {
    const newBookPath = options.book === undefined ? {} : { newBookPath: resolve(options.book) }
    return withDesk(
      { dataDir: await dataDirOf(options), bookPath: null, ...newBookPath },
      terminal,
      async ({ calls }) => {
        const made = await calls.books.create({ from: 'sample' })
        return bookAnswer(made, await calls.account.get())
      },
    )
  },
})

export const list = defineCommand({
  name: 'list',
  says: 'List the books of the data folder; what cannot be read is listed with why.',
  examples: ['book list', 'book list --data-dir ~/books --json'],
  action: async (terminal, options) =>
    withDesk({ dataDir: await dataDirOf(options), bookPath: null }, terminal, async ({ calls }) => {
      const found = await calls.books.list()
      const rows = found.books.map((book) => [book.name, book.kind, book.file, book.fault ?? ''])
      const text =
        rows.length === 0
          ? `There is no book in ${found.dataDir}.`
          : `${found.dataDir}\n${table([{ head: 'Book' }, { head: 'kind' }, { head: 'file' }, { head: '' }], rows)}`
      return { document: found, text }
    }),
})

export const info = defineCommand({
  name: 'info',
  says: 'Tell what a book is, what its account is worth, and which profile it uses.',
  examples: ['book info', 'book info --book paper.ballast --json'],
  action: (terminal, options) =>
    withBook(options, terminal, async ({ calls }) => {
      const account = await calls.account.get()
      const profile = await calls.profile.get()
      const system = await calls.system.info()
      const verdict = await calls.audit.status()
      const { total } = await calls.decisions.list({ limit: 1 })
      const worth =
        account.equity === null ? (account.equitySays ?? 'not known') : `${money(account.equity)} ${account.currency}`
      return {
        document: {
          account,
          now: system.now,
          profile: { name: profile.name, version: profile.version, hash: profile.hash },
          instruments: (await calls.market.instruments()).length,
          strategies: (await calls.market.strategies()).length,
          decisions: total,
          audit: verdict,
        },
        text: [
          `${account.name}, day roll ${account.dayRoll} ${account.timeZone}, clock ${instant(system.now)}`,
          `  Equity     ${worth}`,
          `  Profile    ${profile.name}, version ${profile.version}`,
          `  Decisions  ${total}`,
          `  Audit log  ${verdict.says}`,
        ].join('\n'),
      }
    }),
})

/** What is told of a book just made or opened. */
export function bookAnswer(book: BookView, account: AccountView): CommandAnswer {
  const worth =
    account.equity === null ? (account.equitySays ?? 'not known') : `${money(account.equity)} ${account.currency}`
  return { document: { book, account }, text: `${book.name} (${book.kind}) is in ${book.file}. Equity: ${worth}` }
}

/** The account after a change. */
export async function accountAnswer(calls: DeskClient, says: string): Promise<CommandAnswer> {
  const account = await calls.account.get()
  const worth =
    account.equity === null ? (account.equitySays ?? 'not known') : `${money(account.equity)} ${account.currency}`
  return { document: { account }, text: `${says} Equity: ${worth}` }
}
