import { numberText } from '../format/number-text.ts'
import { logAxis } from './plot-axes.ts'
import type { Axis } from './plot-scene.ts'

/** An equity over its start on an axis. */
export const ratioTick = (value: number): string =>
  value >= 1e6 ? value.toExponential(0).replace('e+', 'e') : numberText(value, { mostPlaces: 4 })

/** A logarithmic axis over ratios above zero: round ticks while its ends are close, powers of ten once they are not. */
export function ratioAxis(values: readonly number[]): Axis {
  const least = values.reduce((low, value) => Math.min(low, value), Infinity)
  const most = values.reduce((high, value) => Math.max(high, value), 0)
  const [from, to] = [least * 0.94, most * 1.04]
  const near = most / least < 6 ? logAxis(values, ratioTick) : undefined
  const ticks = (near?.ticks ?? decades(from, to)).filter(({ at }) => at >= from && at <= to)
  return { from, to, ticks, log: true }
}

function decades(from: number, to: number): Axis['ticks'] {
  const [low, high] = [Math.floor(Math.log10(from)), Math.ceil(Math.log10(to))]
  const stride = Math.ceil((high - low) / 6)
  const steps = high - low <= 3 ? [1, 2, 5] : [1]
  return Array.from({ length: high - low + 1 }, (_, index) => low + index)
    .filter((power) => power % stride === 0)
    .flatMap((power) => steps.map((step) => Number((step * 10 ** power).toPrecision(6))))
    .map((at) => ({ at, label: ratioTick(at) }))
}
