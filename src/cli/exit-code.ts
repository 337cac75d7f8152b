/** How a command ends, for whoever called it. The numbers are a promise: they are added to, never changed. */
export const EXIT = {
  /** Done; also a decision of size zero, which is an answer. */
  done: 0,
  /** A fault of Ballast itself. */
  failed: 1,
  /** The command line cannot be understood. */
  usage: 2,
  /** Understood and refused: input, file or setting, with a code that says which. */
  refused: 3,
  /** There is no such book, decision, file or instrument. */
  notFound: 4,
  /** The book is in use, damaged, foreign or newer, or the disk is full. */
  unopenable: 5,
  /** The audit log is broken. */
  auditBroken: 6,
  /** A replay gave other bytes. */
  replayDiffers: 7,
  /** The size is zero, where `--fail-on-zero` was given. */
  sizeZero: 8,
  /** Nothing was written, because nobody said yes. */
  notConfirmed: 9,
} as const

/** One of the exit codes. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** What `--help` says about exit codes. */
export const EXIT_WORDS = `Exit codes:
  0 done (a decision of size 0 too)    5 book in use or not to be opened
  1 fault inside Ballast               6 audit log broken
  2 command line not understood        7 replay differs
  3 refused, with a code               8 size 0, with --fail-on-zero
  4 not found                          9 nothing written: not confirmed`

const NOT_FOUND = new Set(['NOT_FOUND', 'NO_BOOK', 'STORE_MISSING', 'FILE_MISSING'])
const FAILED = new Set(['INTERNAL', 'WORKER_LOST', 'WORKER_FAULT'])
const USAGE = new Set(['USAGE', 'BAD_OPTION'])
const UNOPENABLE = new Set([
  'STORE_IO',
  'STORE_FULL',
  'STORE_BUSY',
  'STORE_FOREIGN',
  'STORE_NEWER',
  'LEDGER_UNVERIFIED',
  'DATA_DIR_IN_USE',
  'DATA_DIR_READ_ONLY',
  'PORT_IN_USE',
  'PORT_NOT_ALLOWED',
])

/** The exit code of a refusal code. */
export function exitCodeOf(code: string): ExitCode {
  if (FAILED.has(code)) return EXIT.failed
  if (USAGE.has(code)) return EXIT.usage
  if (NOT_FOUND.has(code)) return EXIT.notFound
  return UNOPENABLE.has(code) ? EXIT.unopenable : EXIT.refused
}
