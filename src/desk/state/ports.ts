import type { Moment } from '../../domain/desk-state/desk-clock.ts'
import type { ReasonCode } from '../../domain/kernel/reason.ts'
import type { BookInfo, Verdict } from '../book-records.ts'

export type { Moment }
export { REASON_CODES, type ReasonCode } from '../../domain/kernel/reason.ts'

/** A verified backup: when it was made, and where it is as far as that is known. */
export interface LastBackUp {
  readonly at: number
  readonly file: string | null
}

/** What stands in the `HALT` file of a data folder. */
export interface HaltNote {
  readonly halt: { readonly at: number; readonly says: string } | null
  /** Records could not be written: kept here, since the book could not keep it. */
  readonly fault: { readonly at: number; readonly code: ReasonCode; readonly says: string } | null
}

/** The `HALT` file of a data folder: while it is there, whatever is in it, every book of the folder is halted. */
export interface HaltFile {
  /** `undefined` where the file is not there; one that cannot be read is a halt. */
  read(): HaltNote | undefined
  /** Writes the note, or removes the file where nothing is left to note; why it could not, else `undefined`. Never throws. */
  keep(note: HaltNote): string | undefined
}

/** What the desk's state needs from the machine. Left out, the clock of the desk is the only one, and no file is kept. */
export interface StatePorts {
  readonly moment?: () => Moment
  readonly haltFile?: HaltFile
  /** The last verified backup of a book file; `undefined` where none is known. */
  readonly lastBackUp?: (bookPath: string) => LastBackUp | undefined
  /** Copies a book beside its writer and verifies the copy. Throws `StoreFault`. */
  readonly backUp?: (book: BookInfo, at: number) => Promise<{ readonly file: string; readonly verdict: Verdict }>
  /** Version of the Ballast on disk now; `undefined` where it cannot be read. */
  readonly installedVersion?: () => string | undefined
}
