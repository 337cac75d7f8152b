import { kellyBinary } from '../../edge/kelly-binary.ts'
import { readFresh } from '../../freshness.ts'
import {
  divide,
  fromFloat,
  ONE,
  readDecimal,
  readNonNegative,
  readPositive,
  sayPercent,
  smaller,
  text,
  type Dec,
  type RiskFraction,
} from '../../kernel/money.ts'
import { reason, type Reason } from '../../kernel/reason.ts'
import { err, ok, type Result } from '../../kernel/result.ts'
import { fraction, number } from '../../kernel/setting.ts'
import { edgeOrFallback } from '../kelly-edge.ts'
import { KELLY_SETTINGS } from '../kelly-settings.ts'
import { defineMethod } from '../method.ts'
import type { Sizing } from '../order.ts'

/**
 * Kelly in three layers, fees first: b = (mean win − fee)/(mean loss + fee), both before fees; × fraction; capped; then
 * by a = ATR now / mean ATR over 20: above `high` divided by a, below `low` multiplied by the boost and capped again;
 * × regime quality. A risk fraction. Fees at or above the mean win block the trade.
 */
export const enhancedKelly = defineMethod({
  id: 'enhanced_kelly',
  title: 'Kelly in three layers',
  proposes: 'risk',
  needsStop: true,
  says: 'Half Kelly after fees, capped, then scaled by how wide bars are now against their mean. For FX and CFD strategies with a record; not with another volatility brake beside it.',
  settings: {
    fraction: KELLY_SETTINGS.fraction,
    cap: fraction({
      title: 'Cap on risk',
      help: 'Share of equity at the stop that is never exceeded: 0.02 is 2 %.',
      least: '0',
      most: '0.2',
      above: true,
    }),
    highRatio: number({
      title: 'Wide bars',
      help: 'Above this ratio of range now to its mean the size is divided by the ratio.',
      least: '1',
      most: '10',
    }),
    lowRatio: number({
      title: 'Narrow bars',
      help: 'Below this ratio the size is multiplied by the boost and capped again.',
      least: '0',
      most: '1',
    }),
    lowBoost: number({
      title: 'Boost in narrow bars',
      help: 'Multiplier below the low ratio; 1 switches it off.',
      least: '1',
      most: '2',
    }),
    unknownQuality: fraction({
      title: 'Quality when unknown',
      help: 'Regime quality that counts while none is set, from 0 to 1.',
      least: '0',
      most: '1',
    }),
    minimumTrades: KELLY_SETTINGS.minimumTrades,
    windowDays: KELLY_SETTINGS.windowDays,
    fallbackRisk: KELLY_SETTINGS.fallbackRisk,
  },
  propose(sizing, values) {
    const first = (kelly: Dec | null): Dec => smaller((kelly ?? ONE).times(values.fraction), values.cap)
    const read = edgeOrFallback(sizing.inputs.edge, values, first)
    if ('answer' in read) return read.answer
    const { point, edge } = read
    const fee = feeOfTrade(sizing, edge.meanFee ?? '0', edge.meanQuantity ?? null)
    if (!fee.ok) return fee
    const win = point.meanWin.plus(fee.value.paid)
    const loss = point.meanLoss.minus(fee.value.paid)
    if (fee.value.now.gte(win)) {
      return err(
        reason(
          'FEE_EXCEEDS_EDGE',
          `A fee of ${text(fee.value.now.toDecimalPlaces(4))} eats the whole mean win of ${text(win.toDecimalPlaces(4))}: the trade is blocked.`,
          'instrument.commissionPerUnit',
        ),
      )
    }
    const payoff = divide(win.minus(fee.value.now), loss.plus(fee.value.now))
    const kelly = fromFloat(kellyBinary(point.winRate, payoff.toNumber()))
    if (kelly.lte(0))
      return err(
        reason('NO_EDGE', `After fees Kelly is ${sayPercent(kelly)}: there is no edge, so the size is zero.`, 'edge'),
      )
    const capped = first(kelly)
    const ratio = rangeRatio(sizing)
    if (!ratio.ok) return ratio
    const quality = readQuality(sizing, values.unknownQuality)
    if (!quality.ok) return quality
    const byRange = rangeLayer(capped, ratio.value, values)
    const share = byRange.times(quality.value.value)
    return ok({
      kind: 'risk',
      fraction: share as RiskFraction,
      says: `Kelly ${sayPercent(kelly)} after fees; half and cap give ${sayPercent(capped)}; bars at ${ratio.value.toFixed(2)} × their mean give ${sayPercent(byRange)}; regime quality ${text(quality.value.value)} (${quality.value.source}) gives ${sayPercent(share)} at the stop.`,
      facts: {
        payoff: text(payoff),
        kelly: text(kelly),
        capped: text(capped),
        rangeRatio: text(ratio.value.toSignificantDigits(12)),
        byRange: text(byRange.toSignificantDigits(12)),
        quality: text(quality.value.value),
        fee: text(fee.value.now),
      },
    })
  },
})

/** Fee already taken off the recorded trades, and what one such trade would cost now: commissions both ways and the spread. */
function feeOfTrade(
  { loss, order }: Sizing,
  meanFee: string,
  meanQuantity: string | null,
): Result<{ paid: Dec; now: Dec }, Reason> {
  const paid = readNonNegative(meanFee, 'edge.meanFee')
  if (!paid.ok) return paid
  const quantity =
    meanQuantity === null
      ? order.quantity === null
        ? ok(ONE)
        : ok(order.quantity as Dec)
      : readPositive(meanQuantity, 'edge.meanQuantity')
  if (!quantity.ok) return quantity
  const perUnit = loss.entry.perUnit.plus(loss.exit.perUnit).plus(loss.spread.times(2))
  return ok({ paid: paid.value, now: perUnit.times(quantity.value) })
}

function rangeRatio({ inputs, now, closeMaxAge, instrument }: Sizing): Result<Dec, Reason> {
  const fresh = { now, maxAge: closeMaxAge, calendar: instrument.calendar }
  const range = readFresh(inputs.atr, 'atr', fresh)
  if (!range.ok) return range
  const mean = readFresh(
    inputs.studies?.market?.atrMean ?? { value: null, source: 'not known', at: null },
    'market.atrMean',
    fresh,
  )
  return mean.ok ? ok(divide(range.value, mean.value)) : mean
}

function rangeLayer(
  capped: Dec,
  ratio: Dec,
  {
    cap,
    highRatio,
    lowRatio,
    lowBoost,
  }: { readonly cap: Dec; readonly highRatio: Dec; readonly lowRatio: Dec; readonly lowBoost: Dec },
): Dec {
  if (ratio.gt(highRatio)) return divide(capped, ratio)
  return ratio.lt(lowRatio) ? smaller(capped.times(lowBoost), cap) : capped
}

function readQuality({ inputs }: Sizing, unknown: Dec): Result<{ value: Dec; source: string }, Reason> {
  const quality = inputs.studies?.regime?.quality
  if (quality === undefined || quality.value === null) return ok({ value: unknown, source: 'none is set' })
  const read = readDecimal(quality.value, 'regime.quality')
  if (!read.ok) return read
  if (read.value.gte(0) && read.value.lte(1)) return ok({ value: read.value, source: quality.source })
  return err(reason('INPUT_OUT_OF_RANGE', 'regime.quality must lie between 0 and 1.', 'regime.quality'))
}
