import type { DecisionBody } from '../governor/decision.ts'
import { invariant } from '../kernel/invariant.ts'
import { dec, smaller, text, ZERO, type Dec } from '../kernel/money.ts'
import { reason, type Reason, type ReasonCode } from '../kernel/reason.ts'
import { err, ok, type Result } from '../kernel/result.ts'

/** What one order uses of one limit, in the limit's own unit. */
export interface Use {
  readonly limit: string
  readonly code: ReasonCode
  readonly most: Dec
  readonly amount: Dec
}

interface Held {
  readonly uses: readonly Use[]
  /** Share that has been filled, from 0 to 1, and is now part of what the book itself uses. */
  filled: Dec
}

/**
 * What approved orders have claimed of each limit. A claim is checked and held in one act, so that two orders decided on
 * the same snapshot cannot pass a limit together: what is reserved and what is committed stay within it.
 */
export class Reservations {
  readonly #held = new Map<string, Held>()
  readonly #committed = new Map<string, Dec>()
  readonly #reserved = new Map<string, Dec>()

  /** What filled orders use of a limit. */
  committed(limit: string): Dec {
    return this.#committed.get(limit) ?? ZERO
  }

  /** What orders that may still be filled have claimed of a limit. */
  reserved(limit: string): Dec {
    return this.#reserved.get(limit) ?? ZERO
  }

  /** Ids that hold a claim. */
  claims(): readonly string[] {
    return [...this.#held.keys()]
  }

  /** Claims all uses of an order, or none; the reason names the first limit that has no room. The same id again is granted once. */
  reserve(id: string, uses: readonly Use[]): Result<true, Reason> {
    if (this.#held.has(id)) return ok(true)
    for (const { limit, code, most, amount } of uses) {
      invariant(amount.gte(0), 'a claim is not negative')
      const used = this.committed(limit).plus(this.reserved(limit))
      if (used.plus(amount).gt(most))
        return err(
          reason(
            code,
            `${limit}: ${text(used)} of ${text(most)} are held or claimed; ${text(amount)} more do not fit.`,
            limit,
          ),
        )
    }
    for (const { limit, amount } of uses) shift(this.#reserved, limit, amount)
    this.#held.set(id, { uses, filled: ZERO })
    return ok(true)
  }

  /** A share of the order was filled: that share of its claim is committed. Shares add up to 1 at most. */
  fill(id: string, share: Dec): void {
    const held = this.#held.get(id)
    if (held === undefined) return
    const part = smaller(share, dec(1).minus(held.filled))
    held.filled = held.filled.plus(part)
    for (const { limit, amount } of held.uses) {
      shift(this.#reserved, limit, amount.times(part).negated())
      shift(this.#committed, limit, amount.times(part))
    }
    if (held.filled.gte(1)) this.#held.delete(id)
  }

  /** The order can no longer be filled: what is left of its claim is free. */
  release(id: string): void {
    const held = this.#held.get(id)
    if (held === undefined) return
    const left = dec(1).minus(held.filled)
    for (const { limit, amount } of held.uses) shift(this.#reserved, limit, amount.times(left).negated())
    this.#held.delete(id)
  }

  /** What positions alone use of a limit was measured anew, working orders left out: those are the claims. */
  measure(limit: string, committed: Dec): void {
    this.#committed.set(limit, committed)
  }
}

/** What a decision’s order uses of each limit it was held against. */
export function usesOf({ ladder, quantity }: DecisionBody): readonly Use[] {
  if (dec(quantity).isZero()) return []
  return ladder.flatMap(({ rule, code, limit, before, after }) => {
    if (limit === null || before === null || after === null) return []
    const amount = dec(after).minus(dec(before))
    return amount.lte(0) ? [] : [{ limit: rule, code: code as ReasonCode, most: dec(limit), amount }]
  })
}

function shift(totals: Map<string, Dec>, limit: string, by: Dec): void {
  const next = (totals.get(limit) ?? ZERO).plus(by)
  invariant(next.gte(0), 'nothing is given back that was not claimed')
  totals.set(limit, next)
}
