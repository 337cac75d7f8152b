import { marketAge } from '../domain/calendar.ts'
import { sayAge } from '../domain/freshness.ts'
import type { CorrelationStudy } from '../domain/studies.ts'
import { marketAnswer } from './portfolio/market-answer.ts'
import type { AnswerOf, MarketTasks } from './portfolio/ports.ts'
import { hourOf, USUAL_LOOK_BACK } from './portfolio/read-study-frame.ts'
import type { StudyFrame } from './studies.ts'

type Task = MarketTasks['correlation']['task']

/** Instruments that are studied on the desk's own thread: some milliseconds; more are studied beside it. */
const MOST_AT_ONCE = 24
/** Market time after which the last common bar is too old to size by. */
const OLDEST_MS = 10 * 86_400_000

/** Digits that are estimated are kept, those that are computed are not: snapshots stay small. */
const EXACT = 1_000_000

/** What is asked for the correlations of an order: its instrument and what is held, as of the last full hour. */
export function correlationTask({ symbol, held, at, isNow }: StudyFrame): Task {
  const symbols = [...new Set([...held, symbol])].filter((name) => name !== '').sort()
  return {
    kind: 'correlation',
    frame: { at: isNow ? hourOf(at) : at, symbols, lookBack: USUAL_LOOK_BACK, linkage: 'average' },
  }
}

/** Whether a study is made beside the desk, so that somebody has to wait for it before it counts. */
export function isMadeBeside({ frame }: Task): boolean {
  return (frame.symbols?.length ?? 0) > MOST_AT_ONCE
}

/**
 * Correlations and volatilities of the order's instrument and what is held, denoised. What could not be studied, is too old
 * or is not ready is absent, which the ceilings count as the worst case, and `source` says why.
 */
export function studyCorrelation(frame: StudyFrame): CorrelationStudy {
  const task = correlationTask(frame)
  const answer = isMadeBeside(task)
    ? frame.markets.soon(frame.book, task)
    : frame.remember(`correlation:${JSON.stringify(task.frame)}`, () => marketAnswer(frame.book, task))
  return usableStudy(answer, frame.at)
}

/** A study that may be sized by at an instant: one that is missing or too old names nobody. */
export function usableStudy(answer: AnswerOf<Task> | undefined, at: number): CorrelationStudy {
  if (answer === undefined) return notStudied('it is being worked out: ask again in a moment', at)
  if (!answer.ok) return notStudied(answer.error.says, at)
  const age = marketAge(answer.value.at, at, 'equity')
  return age > OLDEST_MS
    ? notStudied(`the last common bars are ${sayAge(age)} old: bring newer data`, answer.value.at)
    : { ...answer.value, correlation: answer.value.correlation.map((value) => Math.round(value * EXACT) / EXACT) }
}

/** A study that names nobody, with why. */
export function notStudied(why: string, at: number): CorrelationStudy {
  return { symbols: [], correlation: [], volatility: [], periods: 0, source: `not studied: ${why}`, at }
}
