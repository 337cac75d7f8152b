import { toFloat } from '../../domain/kernel/money.ts'
import type { LossRule as FirmRule, Program } from '../../domain/prop-firm/program.ts'
import type { AccountMarks, LossAmount, LossRule } from '../../domain/simulation/prop-firm/loss-rule.ts'

/** A program's loss rules as the simulation walks them, with what each is called. */
export interface NamedRule {
  readonly rule: LossRule
  readonly title: string
}

const BASES = {
  initial: 'initial_balance',
  balance_at_roll: 'balance_at_roll',
  equity_at_roll: 'equity_at_roll',
  greater_at_roll: 'greater_at_roll',
  day_peak_equity: 'day_peak_equity',
} as const
const FLOORS = {
  static: 'static',
  trailing_end_of_day: 'trailing_end_of_day',
  trailing_closed: 'trailing_closed',
  trailing_equity: 'trailing_peak_equity',
} as const
const CONSEQUENCES = { account_failed: 'failed', day_locked: 'locked_for_day', warning: 'warning' } as const

/** The loss rules of a program for an account that began with `initial`, account currency. */
export function programRules({ day, maximum }: Program, initial: number): NamedRule[] {
  return [
    ...(day === null
      ? []
      : [{ title: 'Daily loss', rule: { id: 'day', scope: 'day', base: BASES[day.base], ...shared(day) } as const }]),
    ...(maximum === null
      ? []
      : [
          {
            title: maximum.floor === 'static' ? 'Maximum loss' : 'Trailing maximum loss',
            rule: {
              id: 'maximum',
              scope: 'account',
              floor: FLOORS[maximum.floor],
              locksAt: maximum.locksAbove === null ? null : 1 + toFloat(maximum.locksAbove) / initial,
              ...shared(maximum),
            } as const,
          },
        ]),
  ]
}

/** Marks raised to what the firm's own screen shows: a higher floor there means a higher peak than the ledger knows. */
export function raisedMarks(
  { day, maximum }: Program,
  marks: AccountMarks,
  stated: { readonly floor: number | null; readonly dayFloor: number | null },
): AccountMarks {
  const raised = { ...marks }
  if (maximum !== null && stated.floor !== null) {
    const peak = baseOf(amountOf(maximum), stated.floor, marks.initialBalance)
    if (maximum.floor === 'trailing_equity') raised.peakEquity = Math.max(marks.peakEquity, peak)
    if (maximum.floor === 'trailing_closed') raised.peakBalance = Math.max(marks.peakBalance, peak)
    if (maximum.floor === 'trailing_end_of_day') raised.peakEndOfDayBalance = Math.max(marks.peakEndOfDayBalance, peak)
  }
  if (day?.base === 'day_peak_equity' && stated.dayFloor !== null) {
    const peak = baseOf(amountOf(day), stated.dayFloor, marks.initialBalance)
    raised.dayPeakEquity = Math.max(marks.dayPeakEquity, peak)
  }
  return raised
}

function shared(rule: FirmRule): Pick<LossRule, 'amount' | 'counts' | 'touch' | 'consequence'> {
  const { counts, touch, consequence } = rule
  return { amount: amountOf(rule), counts, touch, consequence: CONSEQUENCES[consequence] }
}

function amountOf({ amount, amountOf: of }: FirmRule): LossAmount {
  if (of === 'money') return { kind: 'money', money: toFloat(amount) }
  return { kind: of === 'initial' ? 'share_of_initial' : 'share_of_base', share: toFloat(amount) }
}

/** The base a floor was counted from. */
function baseOf(amount: LossAmount, floor: number, initial: number): number {
  if (amount.kind === 'money') return floor + amount.money
  return amount.kind === 'share_of_initial' ? floor + amount.share * initial : floor / (1 - amount.share)
}
