import { add, dec, divide, larger, subtract, text, toFloat, ZERO, type Dec } from '../kernel/money.ts'

/** One change of a balance: the profit of a closed trade, or money paid in or out. Amounts in account currency. */
export interface BalanceChange {
  readonly at: number
  readonly amount: string
  /** Money in or out moves the peak with it: a deposit hides no loss and a withdrawal is none. */
  readonly isFlow: boolean
}

/** The balance after a change, and the share of its peak it stands below it; `null` while there is no balance to lose. */
export interface BalancePoint {
  readonly at: number
  readonly balance: number
  readonly below: number | null
}

/** The deepest fall of a balance from a peak: where it began, where it was deepest, and when the peak was reached again. */
export interface DeepestFall {
  readonly from: number
  readonly trough: number
  readonly recovered: number | null
  /** Account currency. */
  readonly amount: string
  /** Share of the peak, 12 significant digits. */
  readonly share: string
}

/** A closed balance over time, and its deepest fall. */
export interface BalanceCurve {
  readonly points: readonly BalancePoint[]
  readonly deepest: DeepestFall | null
  readonly last: string
}

/**
 * The closed balance after each change, in order of time, with how far it stands below its peak. The starting capital is the
 * first peak. A fall is deepest by share of its peak; where money was never paid in there are no shares and no deepest fall.
 */
export function balanceCurve(changes: readonly BalanceChange[]): BalanceCurve {
  const points: BalancePoint[] = []
  let balance: Dec = ZERO
  let peak: Dec = ZERO
  let peakAt = changes[0]?.at ?? 0
  let worst: { from: number; trough: number; recovered: number | null; amount: Dec; share: Dec } | undefined
  let isOpen = false
  let isFunded = false
  for (const { at, amount, isFlow } of changes) {
    const change = dec(amount)
    balance = add(balance, change)
    isFunded ||= isFlow
    if (isFlow) peak = larger(add(peak, change), balance)
    if (balance.gte(peak)) {
      if (isOpen && worst !== undefined) worst = { ...worst, recovered: at }
      isOpen = false
      peak = balance
      peakAt = at
    }
    const below = isFunded && peak.gt(0) ? divide(subtract(peak, balance), peak) : null
    if (below !== null && below.gt(worst?.share ?? ZERO)) {
      worst = { from: peakAt, trough: at, recovered: null, amount: subtract(peak, balance), share: below }
      isOpen = true
    }
    points.push({ at, balance: toFloat(balance), below: below === null ? null : toFloat(below) })
  }
  return {
    points,
    deepest:
      worst === undefined
        ? null
        : { ...worst, amount: text(worst.amount), share: text(worst.share.toSignificantDigits(12)) },
    last: text(balance),
  }
}
