import { ASSET_CLASSES, CALENDARS, type AssetClass, type CalendarId, type InstrumentSpec } from './inputs.ts'
import { readDecimal, readNonNegative, readPositive, type Dec, type Price, type Quantity } from './kernel/money.ts'
import { reason, type Reason } from './kernel/reason.ts'
import { err, ok, type Result } from './kernel/result.ts'

const RIGHTS = ['call', 'put'] as const

/** A contract specification whose every number has been read and is in range. Money is in `currency`. */
export interface Instrument {
  readonly symbol: string
  readonly name: string
  readonly assetClass: AssetClass
  readonly currency: string
  readonly tickSize: Price
  readonly lotStep: Quantity
  readonly minQuantity: Quantity
  readonly maxQuantity: Quantity | null
  readonly minNotional: Dec | null
  readonly pointValue: Dec
  readonly contractSize: Dec | null
  readonly tickValue: Dec | null
  readonly clusters: readonly string[]
  readonly shortable: boolean
  readonly enabled: boolean
  readonly restricted: boolean
  readonly calendar: CalendarId
  readonly marginRate: Dec | null
  readonly marginPerUnit: Dec | null
  readonly commissionPerUnit: Dec
  readonly commissionRate: Dec
  readonly commissionMinimum: Dec
  readonly spread: Dec
  readonly slippageTicks: Dec
  readonly option: OptionTerms | null
}

/** What an option adds to a specification. */
export interface OptionTerms {
  readonly right: 'call' | 'put'
  readonly delta: Dec
  readonly strike: Dec
  readonly underlying: Dec
}

/** Reads a specification; answers all faults at once, each naming its field. */
export function readInstrument(spec: InstrumentSpec, at = 'instrument'): Result<Instrument, readonly Reason[]> {
  const faults: Reason[] = []
  const take = (read: Result<Dec, Reason>): Dec | null => {
    if (read.ok) return read.value
    faults.push(read.error)
    return null
  }
  const positive = (key: keyof InstrumentSpec): Dec | null => take(readPositive(spec[key], `${at}.${key}`))
  const orNone = (key: keyof InstrumentSpec, read: typeof readPositive): Dec | null =>
    spec[key] === null ? null : take(read(spec[key], `${at}.${key}`))
  const atLeastZero = (key: keyof InstrumentSpec): Dec | null => take(readNonNegative(spec[key], `${at}.${key}`))

  const tickSize = positive('tickSize')
  const lotStep = positive('lotStep')
  const pointValue = positive('pointValue')
  const minQuantity = atLeastZero('minQuantity')
  const maxQuantity = orNone('maxQuantity', readPositive)
  const minNotional = orNone('minNotional', readNonNegative)
  const contractSize = orNone('contractSize', readPositive)
  const tickValue = orNone('tickValue', readPositive)
  const marginRate = orNone('marginRate', readPositive)
  const marginPerUnit = orNone('marginPerUnit', readPositive)
  const commissionPerUnit = atLeastZero('commissionPerUnit')
  const commissionRate = atLeastZero('commissionRate')
  const commissionMinimum = atLeastZero('commissionMinimum')
  const spread = atLeastZero('spread')
  const slippageTicks = atLeastZero('slippageTicks')
  const option = spec.assetClass === 'option' ? readOption(spec, at, take) : null
  faults.push(...faultsInWords(spec, at))
  if (commissionRate?.gte(1) === true) {
    faults.push(
      reason(
        'UNIT_MISMATCH',
        `${at}.commissionRate is a share of the order's value: 0.001 is 0.1 %.`,
        `${at}.commissionRate`,
      ),
    )
  }
  if (
    faults.length > 0 ||
    tickSize === null ||
    lotStep === null ||
    pointValue === null ||
    minQuantity === null ||
    commissionPerUnit === null ||
    commissionRate === null ||
    commissionMinimum === null ||
    spread === null ||
    slippageTicks === null
  ) {
    return err(faults)
  }
  return ok({
    symbol: spec.symbol,
    name: spec.name,
    assetClass: spec.assetClass,
    currency: spec.currency,
    tickSize: tickSize as Price,
    lotStep: lotStep as Quantity,
    minQuantity: minQuantity as Quantity,
    maxQuantity: maxQuantity as Quantity | null,
    minNotional,
    pointValue,
    contractSize,
    tickValue,
    clusters: spec.clusters,
    shortable: spec.shortable,
    enabled: spec.enabled,
    restricted: spec.restricted,
    calendar: spec.calendar,
    marginRate,
    marginPerUnit,
    commissionPerUnit,
    commissionRate,
    commissionMinimum,
    spread,
    slippageTicks,
    option,
  })
}

function faultsInWords(spec: InstrumentSpec, at: string): readonly Reason[] {
  const faults: Reason[] = []
  const refuse = (key: keyof InstrumentSpec, allowed: string): void => {
    const value: unknown = spec[key]
    const missing = value === undefined || value === null || value === ''
    faults.push(
      reason(
        missing ? 'INPUT_MISSING' : 'INPUT_MALFORMED',
        `${at}.${key} ${missing ? 'is missing' : 'cannot be read'}: give ${allowed}.`,
        `${at}.${key}`,
      ),
    )
  }
  for (const key of ['symbol', 'currency'] as const) {
    if (typeof spec[key] !== 'string' || spec[key].trim() === '') refuse(key, 'a name')
  }
  if (!ASSET_CLASSES.includes(spec.assetClass)) refuse('assetClass', `one of ${ASSET_CLASSES.join(', ')}`)
  if (!CALENDARS.includes(spec.calendar)) refuse('calendar', `one of ${CALENDARS.join(', ')}`)
  for (const key of ['shortable', 'enabled', 'restricted'] as const) {
    if (typeof spec[key] !== 'boolean') refuse(key, 'true or false')
  }
  if (!Array.isArray(spec.clusters) || !spec.clusters.every((name) => typeof name === 'string' && name !== '')) {
    refuse('clusters', 'a list of names, [] where there are none')
  }
  return faults
}

function readOption(
  spec: InstrumentSpec,
  at: string,
  take: (read: Result<Dec, Reason>) => Dec | null,
): OptionTerms | null {
  const delta = take(deltaInRange(readDecimal(spec.optionDelta, `${at}.optionDelta`), at))
  const strike = take(readPositive(spec.optionStrike, `${at}.optionStrike`))
  const underlying = take(readPositive(spec.optionUnderlying, `${at}.optionUnderlying`))
  const right = RIGHTS.find((word) => word === spec.optionRight)
  if (right === undefined) {
    take(err(reason('INPUT_MISSING', `${at}.optionRight is missing: call or put.`, `${at}.optionRight`)))
  }
  if (delta === null || strike === null || underlying === null || right === undefined) return null
  return { right, delta, strike, underlying }
}

function deltaInRange(read: Result<Dec, Reason>, at: string): Result<Dec, Reason> {
  if (!read.ok || read.value.abs().lte(1)) return read
  return err(reason('INPUT_OUT_OF_RANGE', `${at}.optionDelta must lie between -1 and 1.`, `${at}.optionDelta`))
}
