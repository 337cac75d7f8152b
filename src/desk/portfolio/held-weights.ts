import type { Book } from '../../domain/book.ts'
import type { AccountInput } from '../../domain/inputs.ts'
import { divide, NO_MONEY, readPositive, toFloat, type Dec } from '../../domain/kernel/money.ts'
import type { Profile } from '../../domain/profile.ts'
import { DeskRefusal } from '../refusal.ts'
import { standing } from '../standing.ts'
import type { Workspace } from '../workspace.ts'

/** What is held, as shares of equity. */
export interface HeldWeights {
  readonly at: number
  readonly account: AccountInput
  readonly book: Book
  readonly profile: Profile
  readonly equity: Dec
  /** Signed shares of equity by symbol, what is flat left out. */
  readonly weights: Readonly<Record<string, number>>
}

/** The open positions as weights; refuses while equity or an exposure is not known. */
export function heldWeights(workspace: Workspace): HeldWeights {
  const { account, book, profile, at } = standing(workspace)
  const equity = readPositive(account.equity.value, 'account.equity')
  if (!equity.ok)
    throw new DeskRefusal(
      equity.error.code,
      account.equity.value === null ? account.equity.source : equity.error.says,
      'account.equity',
    )
  const [missing] = book.unknown
  if (missing !== undefined) throw new DeskRefusal(missing.code, missing.says, missing.field)
  return { at, account, book, profile, equity: equity.value, weights: weightsOf(book, equity.value) }
}

/** Signed shares of equity by symbol of a valued book. */
export function weightsOf(book: Book, equity: Dec): Readonly<Record<string, number>> {
  const notional = new Map<string, Dec>()
  for (const { input, notional: own } of book.positions)
    notional.set(input.symbol, (notional.get(input.symbol) ?? NO_MONEY).plus(own))
  return Object.fromEntries(
    [...notional].flatMap(([symbol, amount]) => (amount.isZero() ? [] : [[symbol, toFloat(divide(amount, equity))]])),
  )
}
