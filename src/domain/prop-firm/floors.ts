import { dec, larger, say, sayPercent, smaller, type Dec } from '../kernel/money.ts'
import { reason, type Reason } from '../kernel/reason.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import type { FirmHistory } from './history.ts'
import type { DayRule, LossRule, MaximumRule } from './program.ts'

/** A floor under an account: what it is counted from, what may be lost from there, and what is left. */
export interface Floor {
  readonly floor: Dec
  /** Least equity that keeps the rule: one cent above the floor where touching it breaks the rule. */
  readonly safe: Dec
  readonly base: Dec
  /** What is left down to the floor, measured in what the rule counts; below zero once it is broken. */
  readonly room: Dec
  readonly broken: boolean
  readonly locked: boolean
  readonly says: string
}

const CENT = dec('0.01')

/** The floor of a day: base less amount. Refuses where the base was never measured. */
export function dayFloor(rule: DayRule, history: FirmHistory): Result<Floor, Reason> {
  const last = history.rolls.at(-1) ?? { at: 0, balance: history.initial, equity: history.initial }
  const needsEquity = rule.base === 'equity_at_roll' || rule.base === 'greater_at_roll'
  if (needsEquity && last.equity === null) {
    const says =
      'The equity at the start of the firm’s day is not known, because a price is missing there: type or import it.'
    return err(reason('INPUT_MISSING', says, 'propFirm.equityAtRoll'))
  }
  const equity = last.equity ?? last.balance
  const base = {
    initial: history.initial,
    balance_at_roll: last.balance,
    equity_at_roll: equity,
    greater_at_roll: larger(last.balance, equity),
    day_peak_equity: history.dayPeakEquity,
  }[rule.base]
  const amount = amountOf(rule, history.initial, base)
  return ok(floorOf(rule, history, base, base.minus(amount), false, `${DAY_WORDS[rule.base]} ${say(base)}`))
}

/** The floor of the account: a reference less amount, where the reference only ever rises; it may lock near the start. */
export function maximumFloor(rule: MaximumRule, history: FirmHistory): Floor {
  const closes = history.rolls.reduce<Dec>((highest, { balance }) => larger(highest, balance), history.initial)
  const base = {
    static: history.initial,
    trailing_end_of_day: closes,
    trailing_closed: larger(history.peakBalance, history.initial),
    trailing_equity: larger(history.peakEquity, history.initial),
  }[rule.floor]
  const free = base.minus(amountOf(rule, history.initial, base))
  const lock = rule.locksAbove === null ? null : history.initial.plus(rule.locksAbove)
  const locked = lock !== null && free.gte(lock)
  const floor = lock === null ? free : smaller(free, lock)
  return floorOf(rule, history, base, floor, locked, `${FLOOR_WORDS[rule.floor]} ${say(base)}`)
}

const DAY_WORDS: Readonly<Record<DayRule['base'], string>> = {
  initial: 'the initial balance of',
  balance_at_roll: 'the balance at the roll of',
  equity_at_roll: 'the equity at the roll of',
  greater_at_roll: 'the greater of balance and equity at the roll,',
  day_peak_equity: 'the day’s highest equity of',
}

const FLOOR_WORDS: Readonly<Record<MaximumRule['floor'], string>> = {
  static: 'the initial balance of',
  trailing_end_of_day: 'the highest balance at a roll of',
  trailing_closed: 'the highest closed balance of',
  trailing_equity: 'the highest equity of',
}

function amountOf({ amount, amountOf: of }: LossRule, initial: Dec, base: Dec): Dec {
  return of === 'money' ? amount : amount.times(of === 'initial' ? initial : base)
}

function floorOf(rule: LossRule, history: FirmHistory, base: Dec, floor: Dec, locked: boolean, from: string): Floor {
  const measured = rule.counts === 'floating' ? history.equity : history.balance
  const room = measured.minus(floor)
  const touches = rule.touch === 'at_or_below'
  const loss =
    rule.amountOf === 'money'
      ? say(rule.amount)
      : `${sayPercent(rule.amount)} of ${rule.amountOf === 'initial' ? 'the initial balance' : 'it'}`
  const counted = rule.counts === 'floating' ? 'floating profit counts' : 'closed profit alone counts'
  return {
    floor,
    safe: touches ? floor.plus(CENT) : floor,
    base,
    room,
    broken: touches ? room.lte(0) : room.lt(0),
    locked,
    says: `${loss} below ${from}${locked ? `, locked at ${say(floor)}` : ''}; ${counted}, broken ${touches ? 'at or below' : 'below'} ${say(floor)}.`,
  }
}
