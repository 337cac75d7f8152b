import type { Money } from '../kernel/money.ts'
import type { Tiers } from '../sizing/order.ts'

/** Account tiers by equity. */
export const TIER_NAMES = ['SNIPER', 'HUNTER', 'STRATEGIST'] as const
/** One account tier. */
export type Tier = (typeof TIER_NAMES)[number]

/** The tier of an equity: below `hunterFrom` SNIPER, below `strategistFrom` HUNTER, else STRATEGIST. */
export function tierOf(equity: Money, { hunterFrom, strategistFrom }: Tiers): Tier {
  if (equity.gte(strategistFrom)) return 'STRATEGIST'
  return equity.gte(hunterFrom) ? 'HUNTER' : 'SNIPER'
}
