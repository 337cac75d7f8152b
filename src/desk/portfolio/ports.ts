import type { FrontierResult, OptimiseResult } from '../../contract/portfolio/optimise.ts'
import type { StudyView } from '../../contract/portfolio/study.ts'
import type { Reason } from '../../domain/kernel/reason.ts'
import type { Result } from '../../domain/kernel/result.ts'
import type { SensorsRead } from '../../domain/regime/read-sensors.ts'
import type { RegimeSensorId } from '../../domain/regime/sensor.ts'
import type { Linkage } from '../../domain/stats/cluster-order.ts'
import type { CorrelationStudy, RegimeStudy } from '../../domain/studies.ts'
import type { MarketFigures } from './market-figures.ts'
import type { WantedPortfolio } from './wanted-portfolio.ts'
import type { WindowLived } from './window-lived.ts'

/** Which instruments of a book are studied together, up to which instant, and how far back. */
export interface StudyFrame {
  /** UTC milliseconds: bars complete by then. */
  readonly at: number
  /** All that have daily bars where `null`. */
  readonly symbols: readonly string[] | null
  /** Common periods. */
  readonly lookBack: number
  readonly linkage: Linkage
}

/** Which correlations are meant. */
export type CorrelationKind = 'raw' | 'shrunk' | 'denoised'

/** Sensors of one instant of the past, as a history keeps them. */
export interface SensorMoment {
  readonly at: number
  readonly readings: readonly {
    readonly id: RegimeSensorId
    readonly reading: number | null
    readonly multiplier: number
    readonly abstains: boolean
  }[]
}

/** What sensors are asked. */
export interface SensorsWanted {
  readonly at: number
  /** The instrument that is traded. */
  readonly symbol: string | null
  /** Instruments that count as the market. */
  readonly market: readonly string[]
  readonly regime: RegimeStudy | null
  /** Oldest close that counts, milliseconds of market time. */
  readonly closeMaxAge: number
}

/** What can be worked out beside the desk from the bars of a book: each task with its answer, as plain data. */
export interface MarketTasks {
  readonly study: {
    readonly task: { readonly kind: 'study'; readonly frame: StudyFrame }
    readonly answer: Result<StudyView, Reason>
  }
  /** What the governor looks at. */
  readonly correlation: {
    readonly task: { readonly kind: 'correlation'; readonly frame: StudyFrame }
    readonly answer: Result<CorrelationStudy, Reason>
  }
  /** Correlations, volatilities and expected returns of named instruments. */
  readonly figures: {
    readonly task: { readonly kind: 'figures'; readonly frame: StudyFrame; readonly correlation: CorrelationKind }
    readonly answer: Result<MarketFigures, Reason>
  }
  readonly sensors: {
    readonly task: { readonly kind: 'sensors'; readonly wanted: SensorsWanted }
    readonly answer: SensorsRead
  }
  /** Sensors as they would have been read at instants of the past, oldest first, from the bars complete then. */
  readonly history: {
    readonly task: {
      readonly kind: 'history'
      readonly wanted: SensorsWanted
      readonly instants: readonly { readonly at: number; readonly ids: readonly RegimeSensorId[] }[]
    }
    readonly answer: readonly SensorMoment[]
  }
  /** What present weights would have lived through in a stretch of the past. */
  readonly window: {
    readonly task: {
      readonly kind: 'window'
      readonly weights: Readonly<Record<string, number>>
      readonly from: number
      readonly to: number
    }
    readonly answer: Result<WindowLived, Reason>
  }
  readonly optimise: {
    readonly task: { readonly kind: 'optimise'; readonly frame: StudyFrame; readonly wanted: WantedPortfolio }
    readonly answer: Result<OptimiseResult, Reason>
  }
  readonly frontier: {
    readonly task: {
      readonly kind: 'frontier'
      readonly frame: StudyFrame
      readonly wanted: WantedPortfolio
      readonly points: number
    }
    readonly answer: Result<FrontierResult, Reason>
  }
}

/** One task. */
export type MarketTask = MarketTasks[keyof MarketTasks]['task']
/** What a task gives. */
export type AnswerOf<T extends MarketTask> = MarketTasks[T['kind']]['answer']

/** Works tasks out in a thread of its own, from the book file, so that the desk hears everybody meanwhile. */
export interface MarketThread {
  /** Rejects with a sentence where the thread is lost. */
  work<T extends MarketTask>(book: string, task: T): Promise<AnswerOf<T>>
  close(): void
}
