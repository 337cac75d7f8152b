import type { StudyQuery } from '../../contract/portfolio/study.ts'
import { DeskRefusal } from '../refusal.ts'
import { figureOr } from '../simulate/read-figures.ts'
import type { Workspace } from '../workspace.ts'
import type { StudyFrame } from './ports.ts'

/** Common periods looked back on where nothing is said (SPEC 6). */
export const USUAL_LOOK_BACK = 60
const HOUR_MS = 3_600_000

/** A study as it is asked for, read and checked. */
export function readStudyFrame(
  workspace: Workspace,
  asked: Pick<StudyQuery, 'symbols' | 'lookback' | 'asOf' | 'linkage'>,
): StudyFrame {
  const { symbols, asOf, linkage } = asked
  return {
    at: studyInstant(workspace, asOf),
    symbols: symbols === undefined ? null : knownSymbols(workspace, symbols),
    lookBack: readLookBack(asked.lookback),
    linkage: linkage ?? 'average',
  }
}

/** The last full hour: daily bars end at one, so that within it nothing changes but the ledger. */
export function hourOf(at: number): number {
  return Math.floor(at / HOUR_MS) * HOUR_MS
}

/** Common periods looked back on. */
export function readLookBack(lookback: StudyQuery['lookback']): number {
  return figureOr(lookback ?? undefined, 'lookback', USUAL_LOOK_BACK, { from: 20, to: 2_000, whole: true })
}

/** The instant a study is made for: now to the hour, so that it is made once; refused in the future of the book. */
export function studyInstant(workspace: Workspace, asOf?: number): number {
  const now = workspace.readAt()
  if (asOf === undefined) return workspace.book.info.clock ?? hourOf(now)
  if (asOf > now)
    throw new DeskRefusal('INPUT_OUT_OF_RANGE', `asOf lies after the book’s own time: leave it out for now.`, 'asOf')
  return asOf
}

/** Symbols the book knows, each once; refuses one it does not. */
export function knownSymbols(workspace: Workspace, symbols: readonly string[]): readonly string[] {
  const unknown = symbols.find((symbol) => workspace.book.instrument(symbol) === undefined)
  if (unknown !== undefined)
    throw new DeskRefusal(
      'NOT_FOUND',
      `${unknown} is not a known instrument: import it or add it in Settings.`,
      'symbols',
    )
  return [...new Set(symbols)]
}
