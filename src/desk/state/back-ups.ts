import type { BackUpView } from '../../contract/backup.ts'
import { StoreFault } from '../ports.ts'
import { DeskRefusal } from '../refusal.ts'
import type { Workspace } from '../workspace.ts'

/** A backup older than this is due for another. */
export const BACKUP_MS = 86_400_000
/** A book that is open for less than this is left alone. */
const SETTLED_MS = 60_000
/** One that could not be made is tried again by itself after this long. */
const AGAIN_MS = 3_600_000

/** Backups of the open book: made when asked for, daily by themselves, and when armed work is done. */
export class BackUps {
  readonly #workspace: Workspace
  #making: Promise<void> | undefined
  #bookId = ''
  #since = 0
  #wasArmed = false
  #triedAt = Number.NEGATIVE_INFINITY
  #fault: string | null = null

  constructor(workspace: Workspace) {
    this.#workspace = workspace
  }

  /** How the backups of the open book stand. */
  status(): BackUpView {
    this.#follow()
    const { book, options } = this.#workspace
    const last = options.state?.lastBackUp?.(book.info.path)
    const due = isDue(last?.at, options.ambient.now())
    return {
      lastAt: last?.at ?? null,
      file: last?.file ?? null,
      due,
      making: this.#making !== undefined,
      fault: this.#fault,
      says: backUpSays(last?.at, due),
    }
  }

  /** Makes one now, or waits for the one that is being made; throws where the copy does not verify. */
  async make(): Promise<BackUpView> {
    this.#follow()
    await (this.#making ?? this.#begin())
    return this.status()
  }

  /** Called again and again: begins one by itself where it is due and nothing is armed. A sample book needs none. */
  keep(): void {
    const { openBook, options, posture } = this.#workspace
    if (openBook === undefined || openBook.info.kind === 'sample' || options.state?.backUp === undefined) return
    this.#follow()
    const now = options.ambient.now()
    if (posture.state !== undefined && posture.now.arming.armed) {
      this.#wasArmed = true
      return
    }
    if (this.#making !== undefined || now - this.#triedAt < (this.#fault === null ? 0 : AGAIN_MS)) return
    const last = options.state.lastBackUp?.(openBook.info.path)
    const isSettled = now - this.#since >= SETTLED_MS
    if (!this.#wasArmed && !(isSettled && isDue(last?.at, now))) return
    this.#begin().catch((error: unknown) => {
      // It is told by the status, and tried again later.
      if (!isRefused(error)) throw error
    })
  }

  async #begin(): Promise<void> {
    const { book, options } = this.#workspace
    const backUp = options.state?.backUp
    if (backUp === undefined)
      throw new DeskRefusal('NOT_ENABLED', 'This desk was opened without a folder for backups: use «ballast backup».')
    const { bookId } = book.info
    this.#triedAt = options.ambient.now()
    this.#wasArmed = false
    const making = (async () => {
      const { file, verdict } = await backUp(book.info, this.#triedAt)
      if (verdict.verdict === 'broken')
        throw new DeskRefusal('LEDGER_UNVERIFIED', `The copy ${file} does not verify: ${verdict.says}`)
    })()
    this.#making = making
    try {
      await making
      if (this.#bookId === bookId) this.#fault = null
    } catch (error) {
      if (isRefused(error) && this.#bookId === bookId) this.#fault = error.message
      throw error
    } finally {
      if (this.#making === making) this.#making = undefined
      this.#workspace.changed('state')
    }
  }

  /** What is remembered is of one book. */
  #follow(): void {
    const { bookId } = this.#workspace.book.info
    if (bookId === this.#bookId) return
    this.#bookId = bookId
    this.#since = this.#workspace.options.ambient.now()
    this.#wasArmed = false
    this.#triedAt = Number.NEGATIVE_INFINITY
    this.#fault = null
    this.#making = undefined
  }
}

const known = new WeakMap<Workspace, BackUps>()

/** The backups of a workspace: one for all who ask. */
export function backUpsOf(workspace: Workspace): BackUps {
  const found = known.get(workspace) ?? new BackUps(workspace)
  known.set(workspace, found)
  return found
}

function isRefused(error: unknown): error is StoreFault | DeskRefusal {
  return error instanceof StoreFault || error instanceof DeskRefusal
}

/** Whether a backup is due: none is known, or the last is older than a day. */
export function isDue(lastAt: number | undefined, now: number): boolean {
  return lastAt === undefined || now - lastAt > BACKUP_MS
}

/** How the last backup stands, and what to do where one is due. */
export function backUpSays(lastAt: number | undefined, due: boolean): string {
  if (lastAt === undefined) return 'No backup of this book is known: make one here, or with «ballast backup».'
  const made = new Date(lastAt).toISOString()
  return due ? `The last backup is of ${made}: make a new one.` : `Backed up at ${made}, and verified.`
}
