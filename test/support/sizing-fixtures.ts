import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { valueBook } from '../../src/domain/book.ts'
import { decide } from '../../src/domain/governor/decide.ts'
import type { DecisionBody } from '../../src/domain/governor/decision.ts'
import type {
  BookInput,
  DecisionInputs,
  InstrumentSpec,
  OrderRequest,
  PositionInput,
  RateQuote,
  Reading,
} from '../../src/domain/inputs.ts'
import type { Reason } from '../../src/domain/kernel/reason.ts'
import { readProfile, type Profile } from '../../src/domain/profile.ts'

/** A Friday afternoon, UTC: the instant the fixtures are decided at. */
export const NOW = Date.UTC(2026, 9, 30, 15)
/** One day in milliseconds. */
export const DAY = 86_400_000

/** A fresh reading. */
export function reading(value: string | null, at: number | null = value === null ? null : NOW): Reading {
  return { value, source: 'test', at }
}

const SHARE: InstrumentSpec = {
  symbol: 'ACME',
  name: 'Acme',
  assetClass: 'equity',
  currency: 'USD',
  tickSize: '0.01',
  lotStep: '1',
  minQuantity: '1',
  maxQuantity: null,
  minNotional: null,
  pointValue: '1',
  contractSize: null,
  tickValue: null,
  clusters: [],
  shortable: true,
  enabled: true,
  restricted: false,
  calendar: 'equity',
  marginRate: null,
  marginPerUnit: null,
  maxLeverageIntraday: null,
  maxLeverageOvernight: null,
  commissionPerUnit: '0',
  commissionRate: '0',
  commissionMinimum: '0',
  spread: '0',
  slippageTicks: '0',
  optionDelta: null,
  optionStrike: null,
  optionUnderlying: null,
  optionRight: null,
  expires: null,
  source: 'test',
}

/** A share without costs, changed as told. */
export function share(changes: Partial<InstrumentSpec> = {}): InstrumentSpec {
  return { ...SHARE, ...changes }
}

/** A currency pair in standard lots of 100,000 with five decimals. */
export function pair(symbol: string, changes: Partial<InstrumentSpec> = {}): InstrumentSpec {
  const currency = symbol.slice(3)
  const tick = currency === 'JPY' ? '0.001' : '0.00001'
  const fx = {
    assetClass: 'fx',
    calendar: 'fx',
    tickSize: tick,
    lotStep: '0.01',
    minQuantity: '0.01',
    pointValue: '100000',
  } as const
  return share({ symbol, name: symbol, currency, marginRate: '0.02', ...fx, ...changes })
}

/** A future by its tick and point value. */
export function future(
  symbol: string,
  tickSize: string,
  pointValue: string,
  changes: Partial<InstrumentSpec> = {},
): InstrumentSpec {
  return share({
    symbol,
    name: symbol,
    assetClass: 'future',
    calendar: 'futures',
    tickSize,
    pointValue,
    marginPerUnit: '1000',
    ...changes,
  })
}

/** A book without positions, changed as told. */
export function book(changes: Partial<BookInput> = {}): BookInput {
  return { accountId: 'main', currency: 'USD', at: NOW, positions: [], working: [], rates: [], ...changes }
}

/** A long position of 100 shares at 50, marked at 50, changed as told. */
export function position(changes: Partial<PositionInput> = {}): PositionInput {
  const spec = changes.spec ?? share({ symbol: changes.symbol ?? 'HELD' })
  return {
    symbol: spec.symbol,
    strategy: null,
    quantity: '100',
    averagePrice: '50',
    stop: '45',
    mark: reading('50'),
    spec,
    ...changes,
  }
}

/** A fresh rate. */
export function rate(from: string, to: string, value: string, at = NOW): RateQuote {
  return { from, to, rate: value, at, source: 'test' }
}

/** What `inputs` may be told to change. */
export interface Told extends Partial<Omit<DecisionInputs, 'request' | 'account'>> {
  readonly request?: Partial<Record<keyof OrderRequest, unknown>>
  readonly account?: Partial<DecisionInputs['account']>
  /** Equity now, at its peak and at the opening of every period. */
  readonly equity?: string
}

/** Inputs of a buy of ACME at 100 with a stop at 95 on an account of 100,000 USD, changed as told. */
export function inputs(told: Told = {}): DecisionInputs {
  const { request, account, equity = '100000', ...rest } = told
  const spec = rest.instrument === undefined ? share() : rest.instrument
  const opening = { day: reading(equity), week: reading(equity), month: reading(equity) }
  return {
    schema: 1,
    engine: '1.0.0',
    at: NOW,
    bookKind: 'paper',
    bookHash: '',
    profileHash: '',
    request: { symbol: spec?.symbol ?? 'ACME', side: 'buy', entry: '100', stop: '95', ...request },
    account: {
      accountId: 'main',
      name: 'Main',
      currency: 'USD',
      timeZone: 'UTC',
      dayRoll: '00:00',
      enabled: true,
      equity: reading(equity),
      peakEquity: reading(equity),
      openingEquity: opening,
      flows: { day: '0', week: '0', month: '0' },
      ...account,
    },
    strategy: null,
    last: reading(null),
    bid: reading(null),
    ask: reading(null),
    atr: reading(null),
    edge: null,
    recent: [],
    ordersToday: 0,
    ...rest,
    instrument: spec,
  }
}

/** A profile as plain data. */
export interface RawProfile {
  schema: number
  name: string
  title: string
  says: string
  method: string
  general: Record<string, unknown>
  methods: Record<string, Record<string, unknown>>
  scalers: Record<string, unknown>
  brakes: Record<string, unknown>
  ceilings: Record<string, unknown>
  gate: Record<string, unknown>
}

const yaml = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../resources/profiles/${name}.yaml`, import.meta.url)), 'utf8')

/** A shipped profile as plain data, a fresh copy. */
export function rawProfile(name = 'discretionary'): RawProfile {
  return parse(yaml(name)) as RawProfile
}

/** A raw profile read; throws with its faults where it cannot be. */
export function profileOf(raw: unknown): Profile {
  const read = readProfile(raw)
  if (!read.ok) throw new Error(read.error.map(({ says }) => says).join('\n'))
  return read.value
}

/** The discretionary profile with every ceiling and brake off but those given. */
export function onlyRules(rules: {
  ceilings?: Record<string, unknown>
  brakes?: Record<string, unknown>
  method?: string
  methods?: RawProfile['methods']
}): Profile {
  const raw = rawProfile()
  const off = (section: Record<string, unknown>): Record<string, unknown> =>
    Object.fromEntries(Object.keys(section).map((id) => [id, 'off']))
  return profileOf({
    ...raw,
    method: rules.method ?? raw.method,
    methods: { ...raw.methods, ...rules.methods },
    brakes: { ...off(raw.brakes), ...rules.brakes },
    ceilings: { ...off(raw.ceilings), ...rules.ceilings },
    gate: { ...raw.gate, price_collar: 'off' },
  })
}

/** The discretionary profile as shipped. */
export const DISCRETIONARY = profileOf(rawProfile())

/** Decides with a book of plain data. */
export function size(told: Told = {}, held: Partial<BookInput> = {}, profile = DISCRETIONARY): DecisionBody {
  return decide(inputs(told), valueBook(book(held)), profile)
}

/** The codes of a decision's reasons with the fields they name. */
export function codes({ reasons }: { readonly reasons: readonly Reason[] }): readonly string[] {
  return reasons.map(({ code, field }) => (field === undefined ? code : `${code} ${field}`))
}
