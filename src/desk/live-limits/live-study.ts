import type { CorrelationStudy } from '../../domain/studies.ts'
import { correlationTask, isMadeBeside, notStudied, studyCorrelation, usableStudy } from '../studies-correlation.ts'
import type { Workspace } from '../workspace.ts'

/** A study is looked at again after this long: bars of days do not change with quotes. */
const FRESH_MS = 60_000
/** While a newer one is made the last one counts for so long, and says how old it is. */
const LONGEST_MS = 600_000

/** Correlations of what is held with the time they were worked out. */
export interface LiveStudy {
  readonly study: CorrelationStudy
  readonly madeAt: number
}

interface Kept {
  readonly key: string
  made: LiveStudy | undefined
  isComing: boolean
}

const known = new WeakMap<Workspace, Kept>()

/**
 * The denoised correlations and volatilities of what is held and on order, worked out at most once a minute; many
 * instruments beside the desk, with what was known before standing in for up to ten minutes. `null` where nothing is held.
 * What could not be studied names nobody, and its source says why.
 */
export function liveStudy(workspace: Workspace, held: readonly string[]): LiveStudy | null {
  if (held.length === 0) return null
  const kept = keptFor(workspace, held)
  const now = workspace.options.ambient.now()
  const age = kept.made === undefined ? Number.POSITIVE_INFINITY : Math.abs(now - kept.made.madeAt)
  if (kept.made !== undefined && age < FRESH_MS) return kept.made
  const at = workspace.readAt()
  const frame = {
    book: workspace.book,
    account: workspace.account(),
    profile: workspace.activeProfile().profile,
    symbol: '',
    held,
    at,
    isNow: true,
    remember: <T>(key: string, derive: () => T): T => workspace.remember(key, derive),
    markets: workspace.markets,
  }
  const task = correlationTask(frame)
  if (!isMadeBeside(task)) return keep(kept, studyCorrelation(frame), now)
  if (!kept.isComing) {
    kept.isComing = true
    workspace.markets.work(workspace.book, task).then(
      (answer) => {
        kept.isComing = false
        keep(kept, usableStudy(answer, at), now)
      },
      // The room forgets what failed: the next look asks again, and until then nothing is known.
      () => (kept.isComing = false),
    )
  }
  if (kept.made !== undefined && age < LONGEST_MS) return kept.made
  return { study: notStudied('it is being worked out: it is there in a moment', at), madeAt: now }
}

function keptFor(workspace: Workspace, held: readonly string[]): Kept {
  const key = [workspace.book.info.bookId, ...[...held].sort()].join(' ')
  const before = known.get(workspace)
  if (before?.key === key) return before
  const kept = { key, made: undefined, isComing: false }
  known.set(workspace, kept)
  return kept
}

/** What could not be studied is asked for again at the next look. */
function keep(kept: Kept, study: CorrelationStudy, madeAt: number): LiveStudy {
  const made = { study, madeAt }
  if (study.symbols.length > 0) kept.made = made
  return made
}
