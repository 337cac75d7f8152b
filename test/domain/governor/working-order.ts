import type { WorkingOrderInput } from '../../../src/domain/inputs.ts'
import { share } from '../../support/sizing-fixtures.ts'

/** Working orders at 50 with stops 5 away, by symbol and signed units: a unit risks 5. */
export function working(units: Readonly<Record<string, number>>): readonly WorkingOrderInput[] {
  return Object.entries(units).map(([symbol, quantity]) => ({
    orderId: symbol,
    symbol,
    strategy: null,
    side: quantity > 0 ? 'buy' : 'sell',
    quantity: String(Math.abs(quantity)),
    price: '50',
    stop: quantity > 0 ? '45' : '55',
    spec: share({ symbol }),
  }))
}
