import type { Instrument } from '../../contract/market.ts'
import { compare, isDecimalText, ratio } from '../format/ratio.ts'
import { groupsOf, type InstrumentField } from './instrument-fields.ts'
import { keptValue, shownValue } from './setting-text.ts'

/** An instrument as typed: every field as text, empty where there is none. */
export type InstrumentDraft = Readonly<Record<keyof Instrument, string>>

/** What speaks against a draft, by field. */
export type DraftFaults = Readonly<Partial<Record<keyof Instrument, string>>>

type AssetClass = Instrument['assetClass']

const blank: InstrumentDraft = {
  symbol: '',
  name: '',
  assetClass: 'equity',
  currency: '',
  tickSize: '0.01',
  lotStep: '1',
  minQuantity: '1',
  maxQuantity: '',
  minNotional: '',
  pointValue: '1',
  contractSize: '',
  tickValue: '',
  clusters: '',
  shortable: 'true',
  enabled: 'true',
  restricted: 'false',
  calendar: 'equity',
  marginRate: '',
  marginPerUnit: '',
  maxLeverageIntraday: '',
  maxLeverageOvernight: '',
  commissionPerUnit: '0',
  commissionRate: '0',
  commissionMinimum: '0',
  spread: '0',
  slippageTicks: '0',
  optionDelta: '',
  optionStrike: '',
  optionUnderlying: '',
  optionRight: '',
  expires: '',
  source: 'typed in Settings',
}

/** What usually holds for a class; what a contract must say itself is left empty and so must be typed. */
const usual: Readonly<Record<AssetClass, Partial<InstrumentDraft>>> = {
  equity: {},
  etf: {},
  crypto: { calendar: 'crypto', lotStep: '0.00001', minQuantity: '0', shortable: 'false' },
  fx: { calendar: 'fx', tickSize: '0.00001', lotStep: '1000', minQuantity: '1000' },
  future: { calendar: 'futures', tickSize: '', pointValue: '' },
  option: { pointValue: '100', contractSize: '100', shortable: 'false', optionRight: 'call' },
  cfd: { calendar: 'equity', pointValue: '' },
}

/** A new instrument of a class, in the account's currency, with costs of zero that are to be looked over. */
export const newDraft = (assetClass: AssetClass, currency: string): InstrumentDraft => ({
  ...blank,
  currency,
  ...usual[assetClass],
  assetClass,
})

/** An instrument as the form shows it. */
export function draftOf(instrument: Instrument): InstrumentDraft {
  const text = (name: keyof Instrument): string => {
    const value = instrument[name]
    if (value === null) return ''
    return typeof value === 'object' ? value.join(', ') : String(value)
  }
  return {
    ...(Object.fromEntries(
      Object.keys(blank).map((name) => [name, text(name as keyof Instrument)]),
    ) as InstrumentDraft),
    commissionRate: shownValue('fraction', instrument.commissionRate),
    marginRate: instrument.marginRate === null ? '' : shownValue('fraction', instrument.marginRate),
  }
}

/** Everything that speaks against a draft at once, naming field, value, what is allowed. */
export function draftFaults(draft: InstrumentDraft): DraftFaults {
  const faults: Partial<Record<keyof Instrument, string>> = {}
  for (const { fields } of groupsOf(draft.assetClass)) {
    for (const field of fields) {
      const fault = fieldFault(field, draft[field.name])
      if (fault !== undefined) faults[field.name] = fault
    }
  }
  return faults
}

/** The instrument a faultless draft stands for. */
export function instrumentOf(draft: InstrumentDraft): Instrument {
  const own = new Map(groupsOf(draft.assetClass).flatMap(({ fields }) => fields.map((field) => [field.name, field])))
  const value = (name: keyof Instrument): unknown => {
    const field = own.get(name)
    const typed = draft[name].trim()
    if (field === undefined) return null
    if (field.kind === 'switch') return typed === 'true'
    if (field.kind === 'names') return namesOf(typed)
    if (typed === '') return name === 'name' ? '' : null
    if (name === 'currency') return typed.toUpperCase()
    return field.kind === 'percent' ? keptValue('fraction', typed) : typed
  }
  return Object.fromEntries(Object.keys(blank).map((name) => [name, value(name as keyof Instrument)])) as Instrument
}

function fieldFault(field: InstrumentField, typed: string): string | undefined {
  const { title, kind, optional = false, least, choices } = field
  const text = typed.trim()
  if (text === '') return optional || kind === 'switch' ? undefined : `${title} is empty: it is needed.`
  if (kind === 'choice')
    return choices?.includes(text) === true ? undefined : `${title} must be one of ${choices?.join(', ') ?? ''}.`
  if (field.name === 'currency' && !/^[A-Za-z0-9]{2,8}$/.test(text)) {
    return `Currency “${text}” is not a code of 2 to 8 letters, such as USD.`
  }
  if (kind !== 'number' && kind !== 'percent') return undefined
  if (!isDecimalText(text)) return `${title} “${text}” is not a number.`
  const against = compare(ratio(text), ratio('0'))
  if (least === 'positive' && against <= 0) return `${title} is ${text}; it must be greater than 0.`
  if (least === 'zero' && against < 0) return `${title} is ${text}; it must be 0 or more.`
  if (kind === 'percent' && compare(ratio(text), ratio('100')) >= 0)
    return `${title} is ${text} %; it must be below 100 %.`
  return undefined
}

const namesOf = (text: string): string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
