import type { BookView } from '../contract/books.ts'
import { readPositive, text } from '../domain/kernel/money.ts'
import { isTimeZone } from '../domain/trading-day.ts'
import type { BookInfo, BookWriter } from './ports.ts'
import { DeskRefusal } from './refusal.ts'
import { activateProfile, type Workspace } from './workspace.ts'

/** Profile of a new book. */
const FIRST_PROFILE = 'discretionary'

/** The books of the data folder; unreadable files are listed with their fault. */
export function listBooks(workspace: Workspace): { books: BookView[]; dataDir: string } {
  const { shelf, dataDir } = workspace.options
  const books = shelf.list().map((found): BookView =>
    found.ok
      ? view(workspace, found.info)
      : {
          bookId: `file:${fileName(found.path)}`,
          name: fileName(found.path),
          kind: 'paper',
          file: fileName(found.path),
          clock: null,
          open: false,
          fault: found.says,
        },
  )
  return { books, dataDir }
}

/** Opens a book of the data folder and makes it the active one. */
export function openBook(workspace: Workspace, bookId: string): BookView {
  const { shelf } = workspace.options
  if (workspace.openBook?.info.bookId === bookId) return view(workspace, workspace.book.info)
  const found = shelf.list().find((one) => one.ok && one.info.bookId === bookId)
  if (found?.ok !== true) throw new DeskRefusal('NOT_FOUND', 'There is no such book in the data folder.', 'bookId')
  workspace.adopt(shelf.open(found.info.path))
  return view(workspace, workspace.book.info)
}

/** Creates the sample book, or opens it where it exists. */
export function createSample(workspace: Workspace): BookView {
  const { shelf, sample, ambient } = workspace.options
  const existing = shelf.list().find((one) => one.ok && one.info.kind === 'sample')
  if (existing?.ok === true) return openBook(workspace, existing.info.bookId)
  const book = shelf.create({
    name: 'Sample',
    kind: 'sample',
    clock: sample.clock,
    account: sample.account,
    at: ambient.now(),
  })
  fill(book, () => {
    activateProfile(workspace, book, FIRST_PROFILE, shipped(workspace, FIRST_PROFILE))
    sample.fill(book)
  })
  workspace.adopt(book)
  return view(workspace, book.info)
}

/** Creates an empty paper or live book with the discretionary profile and, where stated, its opening equity. */
export function createEmpty(
  workspace: Workspace,
  wanted: {
    readonly name: string
    readonly kind: 'paper' | 'live'
    readonly currency: string
    readonly timeZone: string
    readonly dayRoll: string
    readonly equity: string | null
  },
): BookView {
  const { shelf, ambient } = workspace.options
  if (!isTimeZone(wanted.timeZone))
    throw new DeskRefusal(
      'INPUT_OUT_OF_RANGE',
      `${wanted.timeZone} is not a time zone: use a name such as America/New_York.`,
      'timeZone',
    )
  const equity = wanted.equity === null ? null : readPositive(wanted.equity, 'equity')
  if (equity?.ok === false) throw new DeskRefusal(equity.error.code, equity.error.says, 'equity')
  const now = ambient.now()
  const account = {
    accountId: ambient.newId(),
    name: wanted.name,
    currency: wanted.currency,
    timeZone: wanted.timeZone,
    dayRoll: wanted.dayRoll,
    enabled: true,
  }
  const book = shelf.create({ name: wanted.name, kind: wanted.kind, clock: null, account, at: now })
  fill(book, () => {
    activateProfile(workspace, book, FIRST_PROFILE, shipped(workspace, FIRST_PROFILE))
    if (equity?.ok === true) {
      const amount = text(equity.value)
      book.addCashFlow({
        flowId: ambient.newId(),
        accountId: account.accountId,
        at: now,
        kind: 'opening',
        amount,
        currency: account.currency,
        accountAmount: amount,
        note: null,
        source: 'typed',
        batchId: null,
      })
    }
  })
  workspace.adopt(book)
  return view(workspace, book.info)
}

/** The YAML of a shipped profile. */
export function shipped(workspace: Workspace, name: string): string {
  const found = workspace.options.shipped.find((profile) => profile.name === name)
  if (found === undefined) throw new DeskRefusal('NOT_FOUND', `There is no profile ${name}.`, 'name')
  return found.yaml
}

/** A book that could not be filled is closed, so that its file is not left locked. */
function fill(book: BookWriter, work: () => void): void {
  let done = false
  try {
    work()
    done = true
  } finally {
    if (!done) book.close()
  }
}

function view(workspace: Workspace, info: BookInfo): BookView {
  return {
    bookId: info.bookId,
    name: info.name,
    kind: info.kind,
    file: fileName(info.path),
    clock: info.clock,
    open: workspace.openBook?.info.bookId === info.bookId,
    fault: null,
  }
}

function fileName(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path
}
