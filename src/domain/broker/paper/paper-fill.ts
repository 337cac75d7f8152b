import { commissionAt, sideOf } from '../../costs.ts'
import { upTo } from '../../feed/bar-quotes.ts'
import type { Instrument } from '../../instrument.ts'
import { dec, floorTo, larger, ONE, smaller, text, ZERO, type Dec, type FxRate } from '../../kernel/money.ts'
import { RandomStream } from '../../simulation/random/random-stream.ts'
import { runSeed } from '../../simulation/random/run-seed.ts'
import type { PaperOrder } from './paper-order.ts'
import type { PaperTerms } from './paper-terms.ts'
import type { Touch } from './touch.ts'

/** Draws of the paper broker are a stream of their own. */
const SLIPPAGE_STREAM = 16
/** More fills of one order than this draw the same slippages again. */
const MOST_FILLS = 4_096

/** Price of a fill: the touch, on the tick against the trader, with slippage where it was not named as the worst. */
export function fillPrice(order: PaperOrder, touch: Touch, instrument: Instrument, terms: PaperTerms): Dec {
  const { tickSize } = instrument
  const buys = order.ticket.side === 'buy'
  const slip = touch.slips ? slippageTicks(order, instrument, terms).times(tickSize) : ZERO
  const price = buys ? touch.price.plus(slip) : touch.price.minus(slip)
  return buys ? upTo(price, tickSize) : larger(floorTo(larger(price, ZERO), tickSize), tickSize)
}

/** Fee of one more fill, instrument currency: proportional, and a minimum is charged once for the order. */
export function fillFee(
  order: PaperOrder,
  price: Dec,
  quantity: Dec,
  instrument: Instrument,
): { readonly fee: Dec; readonly proportional: string; readonly charged: string } {
  const side = commissionAt(instrument, price, ONE as FxRate)
  const proportional = dec(order.proportional).plus(side.perUnit.times(quantity))
  const due = sideOf({ perUnit: proportional, minimum: side.minimum }, ONE)
  return { fee: due.minus(dec(order.charged)), proportional: text(proportional), charged: text(due) }
}

/** Units that are filled now: what is left, no more than is shown, and on the lot grid unless it is the rest. */
export function fillQuantity(left: Dec, shown: Dec | null, instrument: Instrument): Dec {
  return shown === null || left.lte(shown) ? left : floorTo(smaller(left, shown), instrument.lotStep)
}

function slippageTicks(order: PaperOrder, instrument: Instrument, terms: PaperTerms): Dec {
  if (terms.slippage === 'none') return ZERO
  if (terms.slippage === 'fixed') return instrument.slippageTicks
  const most = Math.floor(instrument.slippageTicks.toNumber() * 2)
  const path = (order.seq * MOST_FILLS + Math.min(order.fills, MOST_FILLS - 1)) % 4_294_967_296
  return dec(new RandomStream().start(runSeed(terms.seed), SLIPPAGE_STREAM, path).index(most + 1))
}
