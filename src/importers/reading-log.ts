import { MOST_PROBLEMS } from './caps.ts'
import type { ImportProblem, SkippedRow } from './format.ts'

/** What is known of a problem when it is found; the rest has the usual values. */
export interface FoundProblem {
  readonly line: number
  readonly says: string
  readonly proposal: string
  readonly column?: string
  readonly value?: string
  readonly setting?: string
  readonly choices?: readonly string[]
}

/** Gathers everything there is to say about a file while it is read. */
export class ReadingLog {
  readonly problems: ImportProblem[] = []
  readonly skipped: SkippedRow[] = []
  readonly notes: string[] = []
  private readonly once = new Set<string>()

  /** More than this is not the format it was read as. */
  get full(): boolean {
    return this.problems.length >= MOST_PROBLEMS
  }

  /** A row that cannot be written: a problem, and a skipped row with the same reason. */
  error(found: FoundProblem): void {
    this.add(found, 'error')
    this.skip(found.line, found.says)
  }

  /** Something that must be answered before anything is written. With a line, that row is left out until then. */
  question(found: FoundProblem): void {
    this.add(found, 'question')
    if (found.line > 0) this.skip(found.line, found.says)
  }

  /** Something worth knowing; rows are written all the same. */
  warn(found: FoundProblem): void {
    this.add(found, 'warning')
  }

  /** As `warn`, but one time for one `about`. */
  warnOnce(about: string, found: FoundProblem): void {
    if (this.once.has(about)) return
    this.once.add(about)
    this.warn(found)
  }

  /** A row left out that is no fault of the file. */
  skip(line: number, says: string): void {
    const last = this.skipped.at(-1)
    if (last?.line === line) return
    this.skipped.push({ line, says })
  }

  note(says: string): void {
    if (!this.notes.includes(says)) this.notes.push(says)
  }

  private add(found: FoundProblem, severity: ImportProblem['severity']): void {
    if (this.full) return
    this.problems.push({
      line: found.line,
      column: found.column ?? null,
      value: found.value === undefined ? null : clip(found.value),
      says: found.says,
      proposal: found.proposal,
      severity,
      setting: found.setting ?? null,
      choices: found.choices ?? [],
    })
  }
}

/** Text from a file, shortened for a sentence. */
export function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
