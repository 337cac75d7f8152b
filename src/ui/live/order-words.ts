import type { OrderView } from '../../contract/trading/order.ts'
import { numberText } from '../format/number-text.ts'
import { placesOf } from '../format/ratio.ts'
import type { StateName } from '../kit/state-words.ts'

const price = (value: string): string => numberText(value, { places: Math.min(8, Math.max(2, placesOf(value))) })

/** What an order is, in the words of a trader: `stop 4,998.25`, `market`. */
export function orderTerms({ kind, limit, trigger }: OrderView): string {
  const at = [trigger, limit].filter((value) => value !== null).map(price)
  return [kind, ...at].join(' ')
}

/** What an order is for. */
export const orderRole = ({ role }: OrderView): string => ({ entry: 'entry', exit: 'exit', protect: 'protects' })[role]

/** The shape beside an order's stage; an outcome nobody knows is counted as filled in the worst way. */
export function orderState({ stage }: OrderView): StateName {
  if (stage === 'unknown') return 'over'
  if (stage === 'refused') return 'near'
  return stage === 'working' || stage === 'filled' ? 'ok' : 'stale'
}

/** True while an order may still be filled. */
export const mayFill = ({ open }: OrderView): boolean => /[1-9]/.test(open)
