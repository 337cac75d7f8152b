import type { PlanInput } from '../../contract/portfolio/plan.ts'
import { DeskRefusal } from '../refusal.ts'
import { figure, figureOr } from '../simulate/read-figures.ts'
import type { Workspace } from '../workspace.ts'
import type { CorrelationKind } from './ports.ts'
import { knownSymbols, readLookBack } from './read-study-frame.ts'

/** A plan as it is wanted, read and checked. */
export interface WantedPlan {
  readonly targets: Readonly<Record<string, number>>
  readonly closesOthers: boolean
  readonly band: number
  readonly horizonDays: number
  readonly lambda: number
  readonly lookBack: number
  readonly correlation: CorrelationKind
  readonly expected: Readonly<Record<string, number>>
  /** Share of the price from entry to stop; `null` for none. */
  readonly stop: number | null
  readonly strategy: string | null
}

/** Reads a plan; each fault names its field. */
export function readPlan(workspace: Workspace, asked: PlanInput): WantedPlan {
  const { targets } = asked
  knownSymbols(
    workspace,
    targets.map(({ symbol }) => symbol),
  )
  const twice = targets.findIndex(({ symbol }, i) => targets.findIndex((other) => other.symbol === symbol) < i)
  if (twice >= 0)
    throw new DeskRefusal(
      'INPUT_OUT_OF_RANGE',
      `${targets[twice]?.symbol ?? ''} has two target weights: give one.`,
      `targets[${twice}].symbol`,
    )
  const strategy = asked.strategy ?? null
  if (strategy !== null && !workspace.book.strategies().some(({ code }) => code === strategy))
    throw new DeskRefusal('NOT_FOUND', `There is no strategy ${strategy}: add it in Settings.`, 'strategy')
  return {
    targets: Object.fromEntries(
      targets.map(({ symbol, weight }, i) => [
        symbol,
        figure(weight ?? null, `targets[${i}].weight`, { from: -20, to: 20 }),
      ]),
    ),
    closesOthers: asked.others === 'close',
    band: figureOr(asked.band ?? undefined, 'band', 0.01, { from: 0, to: 1 }),
    horizonDays: figureOr(asked.horizon ?? undefined, 'horizon', 90, { above: 0, to: 3_650 }),
    lambda: figureOr(asked.lambda ?? undefined, 'lambda', 2, { above: 0, to: 1_000 }),
    lookBack: readLookBack(asked.lookback),
    correlation: asked.correlation ?? 'denoised',
    expected: Object.fromEntries(
      Object.entries(asked.expected ?? {}).flatMap(([symbol, value]) =>
        value == null ? [] : [[symbol, figure(value, `expected.${symbol}`, { from: -10, to: 10 })]],
      ),
    ),
    stop: figureOr(asked.stop ?? undefined, 'stop', null, { above: 0, below: 1 }),
    strategy,
  }
}
