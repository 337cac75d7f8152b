import type { BookView } from '../contract/books.ts'
import type { LimitAlert } from '../contract/limit-alert.ts'
import type { Secrets } from '../desk/broker/ports.ts'
import { openDesk as openCalls, type Desk } from '../desk/desk.ts'
import { alertsOf } from '../desk/live-limits/limit-alerts.ts'
import { studyFiles, type FilesStudy, type FilesWanted, type PriceFile } from '../desk/portfolio/study-files.ts'
import { StoreFault, type AuditRow, type BookShelf } from '../desk/ports.ts'
import { sampleBook } from '../desk/sample/sample-book.ts'
import type { DeskPosture } from '../desk/state/desk-posture.ts'
import { Workspace } from '../desk/workspace.ts'
import { brokers } from '../brokers/registry.ts'
import { feeds } from '../feeds/registry.ts'
import { importShelf } from '../importers/registry.ts'
import { backUpBook, type BackUp } from '../store/back-up.ts'
import { bookShelf } from '../store/book-shelf.ts'
import { sqliteVersion } from '../store/sqlite-version.ts'
import { ImportThread } from '../workers/import-thread.ts'
import { marketThread } from '../workers/market-thread.ts'
import { simulationThreads } from '../workers/simulation-threads.ts'
import { backUpFolder } from './back-up-folder.ts'
import { lastBackUp, noteBackUp } from './back-up-note.ts'
import { beatDesk } from './beat-desk.ts'
import { feedTokenOf } from './feed-token.ts'
import { haltFile } from './halt-file.ts'
import { installedVersion } from './installed-version.ts'
import { keepLastBook, readLastBook } from './last-book.ts'
import { loadExchange } from './load-exchange.ts'
import type { Log } from './log.ts'
import { machineAmbient } from './machine-ambient.ts'
import { machineTimer } from './machine-timer.ts'
import { machineMoment } from './machine-moment.ts'
import { findResources, readOverrides, readPrograms, readShippedProfiles } from './resources.ts'
import { settleWhenQuiet } from './settle-when-quiet.ts'
import { heldSymbols, toldState, type ToldState } from '../desk/state/told-state.ts'
import { version } from './version.ts'

/** What a host needs of the desk: its calls, at the paths of the contract, and a clean end. */
export interface OpenedDesk {
  readonly desk: Desk
  /** Why the book that was open last is not open again, in a sentence; undefined when all is as usual. */
  readonly fault: string | undefined
  /** The audit log of the open book, oldest row first, read as it is taken. */
  readonly auditRows: () => Iterable<AuditRow>
  /** Copies a book, open or not, to a new file and verifies the copy. Throws `StoreFault`. */
  readonly backUp: (book: string, target: string) => Promise<BackUp>
  /** State and arming of the open book, for the machine's own events: keys, tray, sleep. */
  readonly posture: DeskPosture
  /** Tells state and book now, and whenever one of them changes. */
  readonly onState: (tell: (now: ToldState) => void) => void
  /** Calls with every alert about limits of the open book from now on. */
  readonly onAlert: (hear: (alert: LimitAlert) => void) => void
  /** Symbols the open book holds. */
  readonly held: () => readonly string[]
  /** Studies daily prices in files, without a book. Refuses by the name of the file at fault. */
  readonly studyFiles: (files: readonly PriceFile[], wanted: Omit<FilesWanted, 'now'>) => Promise<FilesStudy>
  /** Closes the open book; nothing acknowledged is lost without it, but the next start is quicker with it. */
  readonly close: () => void
}

/** Where and as what the desk is opened. */
export interface OpenDeskOptions {
  readonly dataDir: string
  readonly host: 'desk' | 'electron'
  readonly log: Log
  /** A book file to open, and to refuse without; `null` for none; unset for the one that was open last, if it still opens. */
  readonly bookPath?: string | null
  /** File of a book that is made, instead of one named for it in the data folder. */
  readonly newBookPath?: string
  /** Whether live feeds may run, as in a host that stays; a command that ends at once has none. */
  readonly feeds?: boolean
  /** Where the keys of an exchange account are, in a host that stays; without, no account is reached. */
  readonly secrets?: Secrets
  /** Threads that simulate together; as many as the machine has cores where unset. */
  readonly simulators?: number
}

/** Rows of the log read at a time. */
const ROWS = 1_000

/** Puts the desk together: store, importers, shipped files and this machine. The only place outside the roots that knows them all. */
export function openDesk(options: OpenDeskOptions): OpenedDesk {
  const { dataDir, host, log, bookPath, newBookPath, simulators } = options
  const resources = findResources(import.meta.dirname)
  // The desk's own thread helps, in turns short enough to hear everybody.
  const threads = simulationThreads(simulators === undefined ? {} : { workers: simulators - 1 })
  const markets = marketThread()
  const halts = haltFile(dataDir)
  const workspace = new Workspace({
    shelf: shelfOf(dataDir, newBookPath),
    importShelf,
    readBeside: () => new ImportThread(),
    threads,
    marketThread: markets,
    trading: {
      brokers,
      replay: feeds.replay,
      timer: machineTimer,
      ...(options.secrets === undefined ? {} : { exchange: { load: loadExchange, secrets: options.secrets } }),
    },
    ...(options.feeds === true ? { feeds: { ...feeds, token: feedTokenOf(dataDir) } } : {}),
    ambient: machineAmbient,
    dataDir,
    shipped: readShippedProfiles(resources),
    programs: readPrograms(resources, dataDir),
    overrides: readOverrides(process.env),
    host,
    version,
    versions: { node: process.versions.node, sqlite: sqliteVersion(), pid: process.pid },
    sample: sampleBook,
    state: {
      moment: machineMoment,
      haltFile: halts,
      lastBackUp,
      backUp: backUpFolder(dataDir, backUpBook),
      installedVersion: () => installedVersion(import.meta.dirname),
    },
    ...(typeof bookPath === 'string' ? { bookPath } : {}),
  })
  const failed = bookPath === undefined ? reopen(workspace, dataDir, log) : undefined
  if (typeof bookPath !== 'string') {
    workspace.watch((what) => {
      if (what === 'book' && workspace.openBook !== undefined) keepLastBook(dataDir, workspace.book.info.path, log)
    })
  }
  const endSettling = settleWhenQuiet(workspace, log)
  // A command that ends at once makes no backups by itself.
  const endBeat = beatDesk(workspace, log, options.feeds === true)
  const reserve = (): void => {
    if (workspace.openBook?.info.kind === 'live' && !halts.reserve())
      log.warn('no room is left on the disk for a halt to be written: free some')
  }
  reserve()
  workspace.watch((what) => what === 'book' && reserve())
  const desk = openCalls(workspace)
  return {
    desk: failed === undefined ? desk : { ...desk, books: { ...desk.books, list: () => withFault(desk, failed) } },
    fault: failed?.says,
    auditRows: () => rowsOf(workspace),
    backUp: (book, target) => backUp(book, target),
    posture: workspace.posture,
    onState: (tell) => {
      tell(toldState(workspace))
      workspace.watch((what) => (what === 'state' || what === 'book') && tell(toldState(workspace)))
    },
    onAlert: (hear) => alertsOf(workspace).listen(hear),
    held: () => heldSymbols(workspace),
    studyFiles: (files, wanted) => studyFiles(importShelf, files, { ...wanted, now: machineAmbient.now() }),
    close: () => {
      endBeat()
      endSettling()
      workspace.close()
      void threads.close()
      markets.close()
    },
  }
}

async function backUp(book: string, target: string): Promise<BackUp> {
  const made = await backUpBook(book, target)
  if (made.verdict.verdict !== 'broken') noteBackUp(book, machineAmbient.now(), made.path)
  return made
}

function shelfOf(dataDir: string, newBookPath: string | undefined): BookShelf {
  const shelf = bookShelf(dataDir, machineAmbient)
  if (newBookPath === undefined) return shelf
  return { ...shelf, create: (book) => shelf.create({ ...book, path: newBookPath }) }
}

interface Failed {
  readonly bookId: string | undefined
  readonly says: string
}

// A book that no longer opens is listed with its fault; the desk starts without it and makes no new file over it.
function reopen(workspace: Workspace, dataDir: string, log: Log): Failed | undefined {
  const path = readLastBook(dataDir)
  if (path === undefined) return undefined
  const { shelf } = workspace.options
  try {
    workspace.adopt(shelf.open(path))
    return undefined
  } catch (error) {
    if (!(error instanceof StoreFault)) throw error
    log.warn({ err: error, path }, 'the last book was not opened again')
    const listed = shelf.list().find((book) => book.ok && book.info.path === path)
    return { bookId: listed?.ok === true ? listed.info.bookId : undefined, says: error.message }
  }
}

async function withFault(desk: Desk, { bookId, says }: Failed): Promise<{ books: BookView[]; dataDir: string }> {
  const { books, dataDir } = await desk.books.list(undefined, new AbortController().signal)
  const listed = books.map((book) => (book.bookId === bookId && !book.open ? { ...book, fault: says } : book))
  return { books: listed, dataDir }
}

function* rowsOf({ book }: Workspace): Generator<AuditRow, void> {
  for (let from = 1; ; from += ROWS) {
    const rows = book.auditRows(from, ROWS)
    yield* rows
    if (rows.length < ROWS) return
  }
}
