import type { SettingView } from '../../contract/profile.ts'
import { numberText, percentText } from '../format/number-text.ts'
import { compare, decimalText, isDecimalText, over, placesOf, ratio, times } from '../format/ratio.ts'
import { ageText } from '../format/time-text.ts'

/** The value a person types for a setting: per cent for a fraction, the rest as it is. */
export const shownValue = (kind: SettingView['kind'], value: string): string =>
  kind === 'fraction' && isDecimalText(value) ? decimalText(times(ratio(value), ratio('100')), 12) : value

/** The value that is kept for what a person typed; exact both ways. */
export const keptValue = (kind: SettingView['kind'], shown: string): string =>
  kind === 'fraction' && isDecimalText(shown) ? decimalText(over(ratio(shown), ratio('100')), 14) : shown

/** What is allowed, in the unit shown: `0 to 20 %`. */
export function rangeText({ kind, least, most }: SettingView): string {
  if (least === null || most === null) return ''
  if (kind === 'milliseconds') return `${timeText(least)} to ${timeText(most)}`
  const [from, to] = [numberText(shownValue(kind, least)), numberText(shownValue(kind, most))]
  return kind === 'fraction' ? `${from} to ${to} %` : `${from} to ${to}`
}

/** A value as people read it beside its field: durations in words. */
export const readBack = ({ kind }: SettingView, value: string): string =>
  kind === 'milliseconds' && isDecimalText(value) ? timeText(value) : ''

/** The value a setting had, for the mark of a changed one. */
export function formerText({ kind, value }: SettingView): string {
  if (kind === 'fraction') return percentText(value, Math.max(0, placesOf(value) - 2))
  if (kind === 'milliseconds') return timeText(value)
  return isDecimalText(value) ? numberText(value) : value
}

/** Why a typed value cannot be saved, naming setting, value, what is allowed; undefined where nothing speaks against it. */
export function settingFault(setting: SettingView, value: string): string | undefined {
  const { kind, title, least, most, choices } = setting
  if (kind === 'choice' || kind === 'switch') {
    return choices.includes(value) ? undefined : `${title} must be one of ${choices.join(', ')}.`
  }
  if (kind === 'table') return tableFault(setting, value)
  if (value.trim() === '') return `${title} is empty: give a number${allowed(setting)}.`
  if (!isDecimalText(value)) return `${title} “${value}” is not a number: give one${allowed(setting)}.`
  const number = ratio(value)
  if ((least !== null && compare(number, ratio(least)) < 0) || (most !== null && compare(number, ratio(most)) > 0)) {
    return `${title} is ${formerText({ ...setting, value })}; allowed is ${rangeText(setting)}.`
  }
  if (kind === 'milliseconds' && placesOf(value) > 0) return `${title} is ${value}; it must be whole milliseconds.`
  return undefined
}

function tableFault({ title, least, most }: SettingView, value: string): string | undefined {
  if (!isJson(value)) return `${title} must be names and shares as JSON.`
  if (least === null || most === null) return undefined
  for (const [name, share] of Object.entries(readTable(value))) {
    if (!isDecimalText(share)) return `${title}: ${name} has no share yet; give one in per cent.`
    const number = ratio(share)
    if (compare(number, ratio(least)) < 0 || compare(number, ratio(most)) > 0) {
      const range = `${numberText(shownValue('fraction', least))} to ${numberText(shownValue('fraction', most))} %`
      return `${title}: ${name} is ${percentText(share)}; allowed is ${range}.`
    }
  }
  return undefined
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** A table of names and shares from its JSON; decimals come as text. */
export function readTable(json: string): Readonly<Record<string, string>> {
  const raw: unknown = JSON.parse(json)
  if (typeof raw !== 'object' || raw === null) return {}
  return Object.fromEntries(Object.entries(raw).map(([name, share]) => [name, String(share)]))
}

const allowed = (setting: SettingView): string => {
  const range = rangeText(setting)
  return range === '' ? '' : ` from ${range}`
}

const timeText = (milliseconds: string): string =>
  Number(milliseconds) < 1000 ? `${numberText(milliseconds)} ms` : ageText(Number(milliseconds))
