import { marketAge } from '../../domain/calendar.ts'
import type { DailyCloses } from '../../domain/market/aligned-returns.ts'
import { correlationStudy } from '../../domain/market/correlation-study.ts'
import { settingsOf, studyMarkets } from '../../domain/market/markets-study.ts'
import { reason } from '../../domain/kernel/reason.ts'
import { err, ok } from '../../domain/kernel/result.ts'
import type { DenseAlgebra } from '../../domain/portfolio/optimiser/dense-algebra.ts'
import { typescriptAlgebra } from '../../domain/portfolio/optimiser/typescript-algebra.ts'
import { symmetricEigen, type SymmetricEigen } from '../../domain/stats/symmetric-eigen.ts'
import type { BookReader } from '../ports.ts'
import { dailyCloses } from './daily-closes.ts'
import { frontierOf } from './frontier-of.ts'
import { marketFigures } from './market-figures.ts'
import { optimisePortfolio } from './optimise-portfolio.ts'
import type { AnswerOf, MarketTask, MarketTasks, StudyFrame } from './ports.ts'
import { sensorHistory, sensorsNow } from './sensors-read.ts'
import { studyView } from './study-view.ts'
import { windowLived } from './window-lived.ts'

const DAY_MS = 86_400_000
/** Market time after which an instrument’s last bar says nothing of today. */
const OLDEST_MS = 10 * DAY_MS

/** What tasks are worked out with besides a book. */
export interface MarketTools {
  readonly algebra: DenseAlgebra
  readonly eigen: SymmetricEigen
  /** Milliseconds of any clock, for telling how long something took. */
  readonly now: () => number
}

/** Works a task out on this thread. Deterministic but for the time it tells. */
export function marketAnswer<T extends MarketTask>(
  book: BookReader,
  task: T,
  tools: Partial<MarketTools> = {},
): AnswerOf<T> {
  const { algebra = typescriptAlgebra, eigen = symmetricEigen, now = () => 0 } = tools

  return answer(book, task, { algebra, eigen, now })
}

function answer(
  book: BookReader,
  task: MarketTask,
  { algebra, eigen, now }: MarketTools,
): MarketTasks[keyof MarketTasks]['answer'] {
  switch (task.kind) {
    case 'study': {
      const { frame } = task
      const closes = dailyCloses(book, frame.symbols, frame.at, frame.lookBack)
      const study = studyMarkets(closes, { ...settingsOf(frame.lookBack), linkage: frame.linkage }, eigen)
      return study.ok ? ok(studyView(study.value, closes, frame.at)) : study
    }
    case 'correlation': {
      const { frame } = task
      const closes = dailyCloses(book, frame.symbols, frame.at, frame.lookBack)
      return correlationOf(
        closes.filter((own) => isRecent(own, frame.at)),
        frame,
      )
    }
    case 'figures':
      return marketFigures(book, task.frame, task.correlation, eigen)
    case 'sensors':
      return sensorsNow(book, task.wanted)
    case 'history':
      return sensorHistory(book, task.wanted, task.instants)
    case 'window':
      return windowLived(book, task.weights, task.from, task.to)
    case 'optimise': {
      const figures = marketFigures(book, task.frame, task.wanted.correlation, eigen)
      return figures.ok ? optimisePortfolio(figures.value, task.wanted, algebra, now) : figures
    }
    case 'frontier': {
      const figures = marketFigures(book, task.frame, task.wanted.correlation, eigen)
      return figures.ok ? frontierOf(figures.value, task.wanted, task.points, algebra) : figures
    }
  }
}

/** An instrument whose bars ended says nothing of today: it is absent, which the ceilings count as the worst case. */
function isRecent({ at, calendar }: DailyCloses, now: number): boolean {
  const last = at[at.length - 1]
  return last !== undefined && marketAge(last + DAY_MS, now, calendar) <= OLDEST_MS
}

function correlationOf(
  closes: readonly DailyCloses[],
  { symbols, lookBack }: StudyFrame,
): AnswerOf<MarketTasks['correlation']['task']> {
  if (closes.length > 0) return correlationStudy(closes, settingsOf(lookBack))
  const names = (symbols ?? []).join(', ')
  return err(reason('INPUT_MISSING', `There are no recent daily bars of ${names}: import them.`, 'bars'))
}
