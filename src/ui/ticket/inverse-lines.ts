import type { Inverse, InverseAnswer } from '../../contract/what-if.ts'
import { moneyText, numberText, percentText, priceText } from '../format/number-text.ts'
import { limitText } from './decision-text.ts'

/** One line of «what would allow». */
export interface InverseLine {
  readonly id: InverseAnswer['unknown']
  readonly label: string
  readonly now: string
  /** `≥ 4,998.25`, or a dash where nothing in range allows it. */
  readonly needed: string
  readonly change: string
  readonly says: string
  readonly kind: InverseAnswer['kind']
  /** The value a field of the ticket may take over. */
  readonly value: string | undefined
}

const labels: Readonly<Record<InverseAnswer['unknown'], string>> = {
  stop: 'Stop',
  entry: 'Entry',
  risk: 'Risk',
  equity: 'Equity',
  win_rate: 'Win rate',
}

/** The answers as lines of a small table, prices with the digits of the tick. */
export function inverseLines({ answers, now }: Inverse, tick: string): readonly InverseLine[] {
  return answers.map(({ unknown, kind, bound, present, value, change, says }) => {
    const text = (of: string, signed = false): string => {
      if (unknown === 'equity') return moneyText(of, now.currency, signed)
      if (unknown === 'risk' || unknown === 'win_rate') return percentText(of, unknown === 'risk' ? 3 : 1, signed)
      return signed ? numberText(of, { signed, leastPlaces: 0 }) : priceText(of, tick)
    }
    return {
      id: unknown,
      label: labels[unknown],
      now: present === null ? '–' : text(present),
      needed:
        kind === 'no_effect'
          ? 'no effect'
          : value === null
            ? 'none'
            : kind === 'any'
              ? 'any'
              : `${bound === 'least' ? '≥' : '≤'} ${text(value)}`,
      change: change === null || kind === 'any' ? '–' : text(change, true),
      says,
      kind,
      value: kind === 'found' && value !== null ? value : undefined,
    }
  })
}

/** The limits in the way with how far each must move, and the setting that would do it. */
export function limitLines({
  limits,
  now,
}: Inverse): readonly { id: string; text: string; setting: string | undefined }[] {
  return limits.map(({ rule, title, allows, limit, needed, unit, setting, says }) => ({
    id: rule,
    text:
      limit === null || needed === null
        ? says
        : `${title} allows ${numberText(allows)}: ${limitText(limit, unit, now.currency)} would have to be ${limitText(needed, unit, now.currency)}${unit === 'money' ? ` ${now.currency}` : ''}`,
    setting:
      setting === null
        ? undefined
        : `${setting.title} ${settingText(setting.from, unit)} to ${settingText(setting.to, unit)}`,
  }))
}

/** Limits in money are mostly set as shares of equity. */
function settingText(value: string, unit: 'money' | 'fraction' | 'quantity'): string {
  return unit === 'quantity' || Number(value) > 1 ? numberText(value) : percentText(value)
}
