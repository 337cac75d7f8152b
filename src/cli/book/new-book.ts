import type { Command } from 'commander'
import type { BookView } from '../../contract/books.ts'
import type { DeskClient } from '../desk-client.ts'
import { readInstant } from '../read-instant.ts'

/** How a new book's account begins. */
export interface NewBookOptions {
  readonly currency?: string
  readonly timeZone?: string
  readonly dayRoll?: string
  readonly equity?: string
  readonly equityAt?: string
}

/** Adds the options of a new book. */
export function newBookOptions(command: Command): Command {
  return command
    .option('--currency <code>', 'account currency, such as EUR', 'USD')
    .option('--time-zone <zone>', 'zone of its trading day', 'America/New_York')
    .option('--day-roll <HH:MM>', 'local time its trading day begins', '17:00')
    .option('--equity <amount>', 'opening balance')
    .option('--equity-at <instant>', 'when the opening balance was paid in: before the first trade of an imported past')
}

/** Makes an empty book and pays its opening balance in, now or at the stated instant. */
export async function makeBook(
  calls: DeskClient,
  name: string,
  kind: 'paper' | 'live',
  options: NewBookOptions,
): Promise<BookView> {
  const { currency = 'USD', timeZone = 'America/New_York', dayRoll = '17:00', equity = null } = options
  const at = options.equityAt === undefined ? undefined : readInstant(options.equityAt, '--equity-at')
  const now = at === undefined ? equity : null
  const book = await calls.books.create({ from: 'empty', name, kind, currency, timeZone, dayRoll, equity: now })
  if (equity !== null && at !== undefined) {
    await calls.account.addCashFlow({ kind: 'opening', amount: equity, at, note: null })
  }
  return book
}
