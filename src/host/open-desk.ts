import { openDesk as openCalls, type Desk } from '../desk/desk.ts'
import { sampleBook } from '../desk/sample/sample-book.ts'
import { Workspace } from '../desk/workspace.ts'
import { importShelf } from '../importers/registry.ts'
import { bookShelf } from '../store/book-shelf.ts'
import { sqliteVersion } from '../store/sqlite-version.ts'
import { keepLastBook, readLastBook } from './last-book.ts'
import type { Log } from './log.ts'
import { machineAmbient } from './machine-ambient.ts'
import { findResources, readShippedProfiles } from './resources.ts'
import { version } from './version.ts'

/** What a host needs of the desk: its calls, at the paths of the contract, and a clean end. */
export interface OpenedDesk {
  readonly desk: Desk
  /** Closes the open book; nothing acknowledged is lost without it, but the next start is quicker with it. */
  readonly close: () => void
}

/** Where and as what the desk is opened. */
export interface OpenDeskOptions {
  readonly dataDir: string
  readonly host: 'desk' | 'electron'
  readonly log: Log
  /** A book file to open, and to refuse without; otherwise the one that was open last, if it still opens. */
  readonly bookPath?: string
}

/** Puts the desk together: store, importers, shipped files and this machine. The only place outside the roots that knows them all. */
export function openDesk({ dataDir, host, log, bookPath }: OpenDeskOptions): OpenedDesk {
  const workspace = new Workspace({
    shelf: bookShelf(dataDir, machineAmbient),
    importShelf,
    ambient: machineAmbient,
    dataDir,
    shipped: readShippedProfiles(findResources(import.meta.dirname)),
    host,
    version,
    versions: { node: process.versions.node, sqlite: sqliteVersion(), pid: process.pid },
    sample: sampleBook,
    ...(bookPath === undefined ? {} : { bookPath }),
  })
  if (bookPath === undefined) {
    reopen(workspace, dataDir, log)
    workspace.watch((what) => {
      if (what === 'book' && workspace.openBook !== undefined) keepLastBook(dataDir, workspace.book.info.path, log)
    })
  }
  return { desk: openCalls(workspace), close: () => workspace.close() }
}

// A book that no longer opens is listed with its fault; the desk starts without it.
function reopen(workspace: Workspace, dataDir: string, log: Log): void {
  const path = readLastBook(dataDir)
  if (path === undefined) return
  try {
    workspace.adopt(workspace.options.shelf.open(path))
  } catch (error) {
    log.warn({ err: error, path }, 'the last book was not opened again')
  }
}
