import { lossAtStop } from '../../costs.ts'
import { readFresh } from '../../freshness.ts'
import { sayExact, sayPercent, text, type Dec, type Price, type RiskFraction } from '../../kernel/money.ts'
import { reason, type Reason } from '../../kernel/reason.ts'
import { err, ok, type Result } from '../../kernel/result.ts'
import { count, fraction, number } from '../../kernel/setting.ts'
import { defineMethod, type BeforeStop } from '../method.ts'

/**
 * A set share of equity lost over k average true ranges: φ = risk with stop distance k·ATR (Wilder, 14 by default).
 * An order without a stop gets the stop entry ∓ k·ATR.
 */
export const fixedRiskAtr = defineMethod({
  id: 'fixed_risk_atr',
  title: 'Fixed risk over the average true range',
  proposes: 'risk',
  needsStop: false,
  says: 'Sizes so that k average true ranges against the position lose a set share of equity. For orders without a chart stop; not for gapping or thin markets.',
  settings: {
    risk: fraction({
      title: 'Risk per order',
      help: 'Share of equity lost over k ranges, costs included: 0.01 is 1 %.',
      least: '0',
      most: '0.5',
      above: true,
    }),
    multiple: number({
      title: 'Ranges to the stop',
      help: 'k: stop distance in average true ranges.',
      least: '0',
      most: '20',
      above: true,
    }),
    period: count({
      title: 'Bars in the range',
      help: 'Bars of the average true range, Wilder smoothed.',
      least: 2,
      most: 200,
    }),
  },
  ownStop: (sizing, { multiple }) => rangeStop(sizing, multiple),
  propose(sizing, { risk, multiple }) {
    const { order, instrument, rate, spread } = sizing
    const stop = rangeStop(sizing, multiple)
    if (!stop.ok) return stop
    const chosen = order.risk ?? (risk as RiskFraction)
    const loss = lossAtStop(instrument, order.entry, stop.value, rate, sizing.rateAt(stop.value), spread)
    const atr = sizing.inputs.atr.value ?? ''
    return ok({
      kind: 'risk',
      fraction: chosen,
      loss,
      says: `${sayPercent(chosen)} of equity may be lost over ${text(multiple)} × the average true range of ${atr}, a stop at ${sayExact(stop.value)}.`,
      facts: { risk: text(chosen), multiple: text(multiple), atr, stop: text(stop.value) },
    })
  },
})

function rangeStop({ order, inputs, instrument, now, closeMaxAge }: BeforeStop, multiple: Dec): Result<Price, Reason> {
  const atr = readFresh(inputs.atr, 'atr', { now, maxAge: closeMaxAge, calendar: instrument.calendar })
  if (!atr.ok) return atr
  const stop = order.entry.minus(atr.value.times(multiple).times(order.direction))
  if (stop.gt(0)) return ok(stop as Price)
  return err(
    reason(
      'STOP_TOO_NEAR',
      `${text(multiple)} average true ranges (${text(atr.value)}) lie below a price of zero: type a stop.`,
      'request.stop',
    ),
  )
}
