import type { DecisionInputs, EdgeInput, Reading } from '../inputs.ts'
import { readInstrument } from '../instrument.ts'
import { dec, divide, fromFloat, readDecimal, text, type Dec } from '../kernel/money.ts'
import { riskBudgetOf, type Profile } from '../profile.ts'
import type { ReadOrder } from '../sizing/read-order.ts'
import { wilsonInterval } from '../stats/wilson.ts'
import type { DecisionBody } from './decision.ts'
import type { Piece } from './invert-search.ts'

/** What may be solved for while all else stays as it is. */
export const UNKNOWNS = ['stop', 'entry', 'risk', 'equity', 'win_rate'] as const
/** One thing that may be solved for. */
export type Unknown = (typeof UNKNOWNS)[number]

/** The values one unknown may take, as steps of a grid, and the inputs with it. */
export interface Axis {
  readonly unknown: Unknown
  readonly pieces: readonly Piece[]
  readonly wanted: 'least' | 'most'
  readonly present: Dec | null
  readonly guess: Dec | null
  /** Size of a step. */
  readonly step: Dec
  readonly valueOf: (step: number) => Dec
  readonly stepOf: (value: Dec) => number
  readonly inputsAt: (step: number) => DecisionInputs
  readonly passes: (rule: string, step: number) => -1 | 0 | 1
}

const RISK_STEP = dec('0.00001')
const CENT = dec('0.01')
/** Largest equity that is looked at, account currency. */
const MOST_EQUITY = dec('1000000000000')

/** The grid of an unknown around the present decision; `null` where the order has nothing to put in its place. */
export function axisOf(
  unknown: Unknown,
  inputs: DecisionInputs,
  order: ReadOrder,
  now: DecisionBody,
  quantity: Dec,
  profile: Profile,
): Axis | null {
  switch (unknown) {
    case 'stop':
      return stopAxis(inputs, order, now)
    case 'entry':
      return entryAxis(inputs, order)
    case 'risk':
      return riskAxis(inputs, order, now, quantity, profile)
    case 'equity':
      return equityAxis(inputs, profile)
    case 'win_rate':
      return inputs.edge === null ? null : winRateAxis(inputs, inputs.edge)
  }
}

const withRequest = (inputs: DecisionInputs, change: DecisionInputs['request']): DecisionInputs => ({
  ...inputs,
  request: { ...inputs.request, ...change },
})

/** Steps of a fixed size: the value is the step times its size. */
function grid(step: Dec): Pick<Axis, 'step' | 'valueOf' | 'stepOf'> {
  return { step, valueOf: (at) => step.times(at), stepOf: (value) => value.div(step).floor().toNumber() }
}

/** A wider stop sizes smaller: the answer is the farthest one. */
function stopAxis(inputs: DecisionInputs, order: ReadOrder, now: DecisionBody): Axis | null {
  const entry = entryOf(inputs, order)
  const tick = tickOf(inputs)
  if (entry === null || tick === null) return null
  const on = grid(tick)
  const at = on.stepOf(entry)
  const long = order.side === 'buy'
  const least = entry.mod(tick).isZero() ? at - 1 : at
  return {
    ...on,
    unknown: 'stop',
    pieces: [long ? { least: 1, most: least } : { least: at + 1, most: at * 2 }],
    wanted: long ? 'least' : 'most',
    present: order.stop ?? valueIn(now.stop),
    guess: null,
    inputsAt: (step) => withRequest(inputs, { stop: text(on.valueOf(step)) }),
    passes: (rule) => {
      const nearer = long ? 1 : -1
      return rule === 'reward_to_risk' || rule === 'fees_below_edge'
        ? nearer
        : rule === 'stop_side'
          ? (-nearer as -1 | 1)
          : 0
    },
  }
}

/** With the stop where it is, a buy is answered with the highest entry that allows the quantity and a sell with the lowest. */
function entryAxis(inputs: DecisionInputs, order: ReadOrder): Axis | null {
  const entry = entryOf(inputs, order)
  const tick = tickOf(inputs)
  if (entry === null || tick === null) return null
  const on = grid(tick)
  const long = order.side === 'buy'
  const far = long ? on.stepOf(entry) * 2 : Math.max(1, Math.floor(on.stepOf(entry) / 2))
  const stop = order.stop === null ? null : on.stepOf(order.stop)
  const beyondStop = order.stop?.mod(tick).isZero() === false && !long ? 0 : 1
  const near = stop === null ? (long ? 1 : on.stepOf(entry) * 2) : long ? stop + 1 : stop - beyondStop
  const toStop = long ? -1 : 1
  const last = valueIn(inputs.last.value)
  return {
    ...on,
    unknown: 'entry',
    pieces: [long ? { least: near, most: far } : { least: far, most: near }],
    wanted: long ? 'most' : 'least',
    present: entry,
    guess: null,
    inputsAt: (step) => withRequest(inputs, { entry: text(on.valueOf(step)) }),
    passes: (rule, step) => {
      if (rule === 'price_collar') return last === null ? 0 : on.valueOf(step).lt(last) ? 1 : -1
      if (rule === 'stop_side') return toStop === 1 ? -1 : 1
      if (rule === 'lot') return 1
      return ['target_side', 'reward_to_risk', 'fees_below_edge'].includes(rule) ? toStop : 0
    },
  }
}

/** The least risk an order must be given; closed form: the loss of the quantity at its stop over equity. */
function riskAxis(inputs: DecisionInputs, order: ReadOrder, now: DecisionBody, quantity: Dec, profile: Profile): Axis {
  const on = grid(RISK_STEP)
  const perUnit = valueIn(now.lossPerUnit)
  const equity = valueIn(inputs.account.equity.value)
  const needed = perUnit === null || equity === null || equity.lte(0) ? null : divide(perUnit.times(quantity), equity)
  return {
    ...on,
    unknown: 'risk',
    pieces: [{ least: 1, most: on.stepOf(dec(1)) }],
    wanted: 'least',
    present: order.risk ?? (now.method === null ? null : riskBudgetOf(profile, now.method)),
    guess: needed === null ? null : divide(needed, RISK_STEP).ceil().times(RISK_STEP),
    inputsAt: (step) => withRequest(inputs, { risk: text(on.valueOf(step)) }),
    passes: () => 0,
  }
}

/** The least equity, reached by a deposit or left by a withdrawal: flows and peak move with it, profit and loss do not. */
function equityAxis(inputs: DecisionInputs, profile: Profile): Axis | null {
  const present = valueIn(inputs.account.equity.value)
  if (present === null) return null
  const on = grid(CENT)
  const tiers = [profile.general.hunterFrom, profile.general.strategistFrom].filter((from) => from.gt(CENT))
  const starts = [1, ...new Set(tiers.map((from) => divide(from, CENT).ceil().toNumber()))]
  const most = on.stepOf(MOST_EQUITY)
  return {
    ...on,
    unknown: 'equity',
    pieces: starts.map((least, index) => ({ least, most: (starts[index + 1] ?? most + 1) - 1 })),
    wanted: 'least',
    present,
    guess: null,
    inputsAt: (step) => withDeposit(inputs, on.valueOf(step).minus(present)),
    passes: (rule) => (rule === 'lot' ? -1 : 0),
  }
}

function withDeposit(inputs: DecisionInputs, deposit: Dec): DecisionInputs {
  const { account } = inputs
  const sum = (value: string): string => moved(value, deposit) ?? value
  const moves = (reading: Reading): Reading => ({ ...reading, value: moved(reading.value, deposit) })
  return {
    ...inputs,
    account: {
      ...account,
      equity: moves(account.equity),
      peakEquity: moves(account.peakEquity),
      ...(account.startingEquity === undefined ? {} : { startingEquity: moves(account.startingEquity) }),
      flows: { day: sum(account.flows.day), week: sum(account.flows.week), month: sum(account.flows.month) },
    },
  }
}

/** The least wins among as many decided trades, mean win and loss as they are; at least one trade stays lost. */
function winRateAxis(inputs: DecisionInputs, edge: EdgeInput): Axis | null {
  const decided = edge.wins + edge.losses
  if (!Number.isSafeInteger(decided) || decided < 2) return null
  const rate = (wins: number): Dec => fromFloat(wins / decided)
  return {
    unknown: 'win_rate',
    step: fromFloat(1 / decided),
    valueOf: rate,
    stepOf: (value) => Math.round(value.toNumber() * decided),
    pieces: [{ least: 0, most: decided - 1 }],
    wanted: 'least',
    present: rate(edge.wins),
    guess: null,
    inputsAt: (wins) => ({ ...inputs, edge: withWins(edge, wins) }),
    passes: () => 0,
  }
}

/** The same trades with other wins: the lower bound of the win rate follows, bootstrap bounds stay as measured. */
export function withWins(edge: EdgeInput, wins: number): EdgeInput {
  const decided = edge.wins + edge.losses
  const bound =
    edge.winRateLow === undefined || edge.winRateLow === null
      ? {}
      : { winRateLow: text(fromFloat(wilsonInterval(wins, decided)[0])) }
  return { ...edge, wins, losses: decided - wins, ...bound }
}

function entryOf(inputs: DecisionInputs, order: ReadOrder): Dec | null {
  return order.entry === 'market' ? valueIn(inputs.last.value) : order.entry
}

function tickOf(inputs: DecisionInputs): Dec | null {
  const spec = inputs.instrument === null ? null : readInstrument(inputs.instrument)
  return spec?.ok === true ? spec.value.tickSize : null
}

function moved(value: string | null, by: Dec): string | null {
  const read = valueIn(value)
  return read === null ? null : text(read.plus(by))
}

function valueIn(value: string | null): Dec | null {
  const read = readDecimal(value, 'value')
  return read.ok ? read.value : null
}
