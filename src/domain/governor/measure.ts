import { commissionAt, commissionOf, commissionToTarget, lossOf, lossPerUnit } from '../costs.ts'
import { divide, larger, magnitude, rounded, text, ZERO, type Dec, type Price } from '../kernel/money.ts'
import { riskBudgetOf, type Profile } from '../profile.ts'
import type { Method } from '../sizing/method.ts'
import type { Sizing } from '../sizing/order.ts'
import type { Costs, DecisionBody } from './decision.ts'

/** What the decided quantity means: value, loss at the stop, shares of equity, R, costs and exposure before and after. */
export function measure(sizing: Sizing, quantity: Dec, method: Method, profile: Profile): Partial<DecisionBody> {
  const { order, standing, loss, notionalPerUnit, instrument, rateAt, stop } = sizing
  const notional = notionalPerUnit.times(quantity)
  const risk = lossOf(loss, quantity)
  const budget = order.risk ?? riskBudgetOf(profile, method.id)
  const oneR = budget === null ? ZERO : standing.equity.times(budget)
  return {
    side: order.side,
    strategy: order.strategy,
    method: method.id,
    quantity: text(quantity),
    entry: text(order.entry),
    stop: stop === null ? null : text(stop),
    target: order.target === null ? null : text(order.target),
    notional: rounded(notional),
    riskAmount: rounded(risk),
    riskFraction: rounded(divide(risk, standing.equity)),
    weight: rounded(divide(notional, standing.equity).times(order.direction)),
    r: oneR.isZero() ? null : rounded(divide(risk, oneR)),
    lossPerUnit: rounded(lossPerUnit(loss)),
    rewardAmount: order.target === null ? null : rounded(rewardAt(order.target)),
    costs: costsOf(sizing, quantity),
    exposure: exposureChange(sizing, notional),
  }

  function rewardAt(target: Price): Dec {
    const gain = target.minus(order.entry).times(order.direction).times(instrument.pointValue).times(rateAt(target))
    const leaving = commissionAt(instrument, target, rateAt(target))
    return gain
      .minus(loss.spread)
      .times(quantity)
      .minus(commissionToTarget(loss, leaving, quantity))
  }
}

function costsOf({ loss }: Sizing, quantity: Dec): Costs {
  const commission = commissionOf(loss, quantity)
  const spread = loss.spread.times(quantity)
  const slippage = loss.slippage.times(quantity)
  return {
    commission: rounded(commission),
    spread: rounded(spread),
    slippage: rounded(slippage),
    total: rounded(commission.plus(spread).plus(slippage)),
  }
}

function exposureChange({ book, order, standing }: Sizing, notional: Dec): DecisionBody['exposure'] {
  const span = book.bySymbol.get(order.symbol)
  const held = span === undefined ? ZERO : order.side === 'buy' ? span.high : span.low
  const signed = order.side === 'buy' ? notional : notional.negated()
  const net = order.side === 'buy' ? book.net.high : book.net.low
  const worst = span === undefined ? ZERO : larger(magnitude(span.high), magnitude(span.low))
  const grossAfter = book.gross.minus(worst).plus(larger(magnitude(held.plus(signed)), worst))
  return {
    grossBefore: rounded(book.gross),
    grossAfter: rounded(grossAfter),
    netBefore: rounded(net),
    netAfter: rounded(net.plus(signed)),
    leverageBefore: rounded(divide(book.gross, standing.equity)),
    leverageAfter: rounded(divide(grossAfter, standing.equity)),
    symbolBefore: rounded(held),
    symbolAfter: rounded(held.plus(signed)),
  }
}
