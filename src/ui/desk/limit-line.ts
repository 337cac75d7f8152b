import type { LimitReading } from '../../contract/limits.ts'
import type { LiveLimit } from '../../contract/live-limits.ts'
import { numberText, percentText } from '../format/number-text.ts'
import { forDrawing, ratio } from '../format/ratio.ts'
import type { StateName } from '../kit/state-words.ts'
import { amountText, type AmountBase, type AmountUnit } from './amount-unit.ts'

/** The name of a limit with what it is about: `Cluster us_index`. */
export const limitName = ({ title, subject }: LimitReading): string =>
  subject === null ? title : `${title} ${subject}`

/** The state of a limit as the kit names it; what is not known is drawn as stale. */
export const limitState = ({ state }: LimitReading): StateName => (state === 'unknown' ? 'stale' : state)

/** The word of a limit's state; an unknown one says so, never 0 %. */
export const limitWord = ({ state }: LimitReading): string => state.toUpperCase()

/** Used share of a limit as a float, for the bar only; undefined where it is not known. */
export const limitShare = ({ utilisation, state }: LimitReading): number | undefined =>
  utilisation === null || state === 'unknown' ? undefined : forDrawing(ratio(utilisation))

/** One figure of a limit in the unit shown; a dash where it is not known. */
export function limitAmount(
  limit: LimitReading,
  figure: 'used' | 'limit' | 'left',
  unit: AmountUnit,
  base: AmountBase,
): string {
  const value = limit[figure]
  return value === null ? '–' : amountText(value, unit, base, { givenIn: limit.unit })
}

/** Every number behind a limit with all its digits, for its derivation. */
export function limitFacts(limit: LimitReading, currency: string): { name: string; value: string }[] {
  const exact = (value: string | null): string => {
    if (value === null) return 'not known'
    if (limit.unit === 'fraction') return percentText(value, 4)
    return limit.unit === 'money' ? `${numberText(value, { leastPlaces: 2 })} ${currency}` : numberText(value)
  }
  return [
    { name: 'Rule', value: limit.rule },
    ...(limit.subject === null ? [] : [{ name: 'About', value: limit.subject }]),
    { name: 'Used', value: exact(limit.used) },
    { name: 'Limit', value: exact(limit.limit) },
    { name: 'Left', value: exact(limit.left) },
    {
      name: 'Share of the limit',
      value: limit.utilisation === null ? 'not known' : percentText(limit.utilisation, 4),
    },
  ]
}

/** What is left of a limit in money, units and losses of the usual size, as far as each is known. */
export function headroomSays({ headroom, isLoss, readings, unit, left: share }: LiveLimit, currency: string): string {
  const { money, units, typicalLosses } = headroom
  const parts = [
    ...(unit === 'fraction' && share !== null ? [percentText(share, 2)] : []),
    ...(money === null ? [] : [`${numberText(money, { leastPlaces: 2, mostPlaces: 2 })} ${currency}`]),
    ...(units === null ? [] : [`${numberText(units, { mostPlaces: 2 })} units`]),
    ...(typicalLosses === null ? [] : [`${numberText(typicalLosses, { mostPlaces: 1 })} typical losses`]),
  ]
  const left = parts.length === 0 ? 'What is left is not known.' : `Left: ${parts.join(', ')}.`
  if (!isLoss) return left
  const broken = readings.replaceAll('o', '').length
  return readings === '' ? left : `${left} Newest ${readings.length} readings: ${broken} broken.`
}
