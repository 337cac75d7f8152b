import type { DecisionBody, Rung, Step } from '../../../src/domain/governor/decision.ts'
import type { BookInput, Reading } from '../../../src/domain/inputs.ts'
import type { Profile } from '../../../src/domain/profile.ts'
import type { CorrelationStudy, MarketStudy, Studies } from '../../../src/domain/studies.ts'
import { NOW, profileOf, rawProfile, reading, size, type Told } from '../../support/sizing-fixtures.ts'

type Rules = Record<string, unknown>

const NEVER_OFF = ['account_enabled', 'instrument_enabled', 'spec_check', 'stop_side', 'short_allowed', 'market_data']

/** Sections of a profile as they are told; every rule that is not told and may be off is off. */
export interface Only {
  readonly general?: Rules
  readonly scalers?: Rules
  readonly brakes?: Rules
  readonly ceilings?: Rules
  readonly gate?: Rules
  readonly methods?: Record<string, Rules>
  readonly method?: string
}

/** The discretionary profile with no rule at all but those told. */
export function only({ general, scalers, brakes, ceilings, gate, methods, method }: Only): Profile {
  const raw = rawProfile()
  const off = (section: Rules): Rules =>
    Object.fromEntries(Object.entries(section).map(([id, own]) => [id, NEVER_OFF.includes(id) ? own : 'off']))
  return profileOf({
    ...raw,
    method: method ?? raw.method,
    general: { ...raw.general, ...general },
    methods: { ...raw.methods, ...methods },
    scalers: { ...off(raw.scalers), ...scalers },
    brakes: { ...off(raw.brakes), ...brakes },
    ceilings: { ...off(raw.ceilings), ...ceilings },
    gate: { ...off(raw.gate), ...gate },
  })
}

/** The audit step of a rule; throws where there is none. */
export function stepOf({ steps }: DecisionBody, rule: string): Step {
  const found = steps.find((step) => step.rule === rule)
  if (found === undefined) throw new Error(`no step of ${rule}`)
  return found
}

/** The rung of a rule; throws where there is none. */
export function rungOf({ ladder }: DecisionBody, rule: string): Rung {
  const found = ladder.find((rung) => rung.rule === rule)
  if (found === undefined) throw new Error(`no rung of ${rule}`)
  return found
}

/** The step of the only brake, on 200 shares proposed by a risk of 1 % over 5 a share. */
export function braked(rule: string, settings: unknown, told: Told = {}, held: Partial<BookInput> = {}): Step {
  return stepOf(size(told, held, only({ brakes: { [rule]: settings } })), rule)
}

/** A buy of 5,000 shares under the only ceiling: its rung and its step. */
export function capped(
  rule: string,
  settings: unknown,
  told: Told = {},
  held: Partial<BookInput> = {},
): { readonly rung: Rung; readonly step: Step; readonly decision: DecisionBody } {
  const request = { quantity: '5000', ...told.request }
  const decision = size({ ...told, request }, held, only({ ceilings: { [rule]: settings } }))
  return { decision, rung: rungOf(decision, rule), step: stepOf(decision, rule) }
}

/** The step of the only gate check. */
export function checked(rule: string, settings: unknown, told: Told = {}, held: Partial<BookInput> = {}): Step {
  return stepOf(size(told, held, only({ gate: { [rule]: settings } })), rule)
}

const NONE = reading(null)

/** Studies with nothing studied but what is told. */
export function studies(told: Partial<Studies> = {}): Studies {
  return {
    market: null,
    correlation: null,
    sensors: [],
    regime: null,
    lastProfits: [],
    propFirm: null,
    ...told,
  }
}

/** Market statistics: those told, the others not known. */
export function market(told: Partial<Record<keyof MarketStudy, Reading>>): { readonly studies: Studies } {
  const study: MarketStudy = {
    volatility: NONE,
    volatilityLow: NONE,
    volatilityHigh: NONE,
    expectedReturn: NONE,
    atrMean: NONE,
    averageDailyVolume: NONE,
    liquidity: NONE,
    ...told,
  }
  return { studies: studies({ market: study }) }
}

/** Correlations of pairs such as `ACME/BOLT`, 1 on the diagonal; every pair must be told. */
export function correlations(
  volatility: Readonly<Record<string, number>>,
  pairs: Readonly<Record<string, number>>,
): { readonly studies: Studies } {
  const symbols = Object.keys(volatility)
  const study: CorrelationStudy = {
    symbols,
    correlation: symbols.flatMap((a) =>
      symbols.map((b) => (a === b ? 1 : (pairs[`${a}/${b}`] ?? pairs[`${b}/${a}`] ?? NaN))),
    ),
    volatility: Object.values(volatility),
    periods: 60,
    source: 'test',
    at: NOW,
  }
  return { studies: studies({ correlation: study }) }
}
