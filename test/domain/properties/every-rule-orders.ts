import fc from 'fast-check'
import type { EdgeInput } from '../../../src/domain/inputs.ts'
import { METHODS } from '../../../src/domain/sizing/registry.ts'
import { REGIMES } from '../../../src/domain/studies.ts'
import type { Profile } from '../../../src/domain/profile.ts'
import { multiple } from '../../support/arbitraries-instruments.ts'
import { SEED } from '../../support/arbitraries-profile.ts'
import { scenarios, type Scenario, type Wanted } from '../../support/arbitraries.ts'
import { everyRule, everyStudy } from '../../support/every-rule.ts'
import { profileOf, reading, type RawProfile } from '../../support/sizing-fixtures.ts'

const even = (min: number, max: number): fc.Arbitrary<number> => fc.noBias(fc.integer({ min, max }))
const perMille = (least: number, most: number): fc.Arbitrary<string> =>
  even(least, most).map((thousandths) => multiple('0.001', thousandths))
const BASE = everyRule()

const drawnProfiles: fc.Arbitrary<RawProfile> = fc
  .record({
    aggregate: fc.constantFrom('weakest_link', 'product'),
    allowBoosts: fc.boolean(),
    reduction: perMille(0, 1_000),
    thresholds: fc.constantFrom('relative', 'absolute'),
    floor: fc.constantFrom('0.5', '0.9', '0.97'),
    quiet: fc.constantFrom('0.003', '0.1'),
    simulated: even(0, 4),
    form: fc.constantFrom('correlated', 'penalised_sum'),
    risk: perMille(20, 500),
    portfolioVol: perMille(20, 900),
    kellyCap: perMille(20, 2_000),
    pair: perMille(50, 2_500),
    threshold: perMille(0, 950),
    three: perMille(200, 5_000),
    tier: perMille(100, 1_000),
    adv: perMille(1, 300),
    floors: perMille(600, 999),
    perTrade: perMille(5, 200),
    daily: perMille(300, 999),
    kelly: perMille(50, 1_000),
    readAs: fc.constantFrom('risk', 'weight'),
    minimum: even(1, 40),
    fallback: perMille(0, 20),
    hunter: fc.boolean(),
  })
  .map((drawn) => {
    const kelly = { fraction: drawn.kelly, minimumTrades: drawn.minimum, fallbackRisk: drawn.fallback }
    const changed = (id: string, values: object): Record<string, unknown> => ({ ...BASE.methods[id], ...values })
    return {
      ...BASE,
      general: {
        ...BASE.general,
        aggregate: drawn.aggregate,
        allowBoosts: drawn.allowBoosts,
        kellyFromHunter: drawn.hunter,
      },
      methods: {
        ...BASE.methods,
        fixed_fraction: { fraction: drawn.kellyCap },
        fixed_qty: { quantity: '75' },
        kelly_trades: changed('kelly_trades', { ...kelly, readAs: drawn.readAs }),
        kelly_empirical: changed('kelly_empirical', kelly),
        kelly_conservative: changed('kelly_conservative', kelly),
        kelly_risk_constrained: changed('kelly_risk_constrained', { ...kelly, fraction: undefined }),
        enhanced_kelly: changed('enhanced_kelly', { ...kelly, lowBoost: '1.2' }),
        physics_kelly: changed('physics_kelly', kelly),
      },
      brakes: {
        ...BASE.brakes,
        volatility_regime: {
          ...(BASE.brakes['volatility_regime'] as object),
          reduction: drawn.reduction,
          thresholds: drawn.thresholds,
        },
        // It draws 100,000 trades an order, ten times the work of all other rules together: one profile in five has it.
        monte_carlo:
          drawn.simulated === 0
            ? { ...(BASE.brakes['monte_carlo'] as object), quietRisk: drawn.quiet, trades: 10, floor: drawn.floor }
            : 'off',
      },
      ceilings: {
        ...BASE.ceilings,
        risk_per_trade: { max: drawn.perTrade },
        daily_loss: { max: drawn.daily },
        max_drawdown: { max: drawn.floors },
        trailing_drawdown: { max: drawn.floors },
        portfolio_risk: { max: drawn.risk, form: drawn.form, adjustment: '1.5' },
        portfolio_vol: { max: drawn.portfolioVol },
        kelly_cap: { max: drawn.kellyCap },
        correlated_pair: { threshold: drawn.threshold, max: drawn.pair },
        concentration: { max: drawn.three },
        tier: {
          sniper: drawn.tier,
          hunter: drawn.tier,
          strategist: drawn.tier,
          sniperLeast: '0.0001',
          hunterLeast: '0.0001',
          strategistLeast: '0.0001',
        },
        adv: { max: drawn.adv },
        order_notional: { max: '1000000000' },
        order_qty: { max: '100000000' },
      },
      gate: { ...BASE.gate, price_collar: { max: '0.2' }, reward_to_risk: { least: '0' } },
    }
  })

const POOL = 600
let pool: readonly (readonly [RawProfile, Profile])[] | undefined

const profiles = (): fc.Arbitrary<readonly [RawProfile, Profile]> => {
  pool ??= fc
    .sample(drawnProfiles, { numRuns: POOL, seed: SEED })
    .map((drawn) => JSON.parse(JSON.stringify(drawn)) as RawProfile)
    .map((raw) => [raw, profileOf(raw)] as const)
  return fc.constantFrom(...pool)
}

/** Records of R-multiples are drawn once: a simulation of the same one is remembered. */
const RECORDS: readonly (readonly number[])[] = [
  Array.from({ length: 45 }, (_, index) => [1.8, -1, 2.4, -0.9, -1.1][index % 5] ?? 0),
  Array.from({ length: 60 }, (_, index) => [3, -1, -1, 0.4][index % 4] ?? 0),
  Array.from({ length: 25 }, (_, index) => [0.8, -1.2, 1.5][index % 3] ?? 0),
  [1, 2, 0.5],
  [],
]

const records = fc.record({
  wins: fc.constantFrom(12, 40, 55, 55, 70, 70),
  losses: fc.constantFrom(0, 6, 9, 12, 20, 25, 30, 30, 45),
  payoff: fc.constantFrom(90, 120, 160, 200),
  rateLow: perMille(300, 700),
  payoffLow: perMille(800, 1_900),
  kellyLow: perMille(-10, 600),
  fee: even(0, 300),
  quantity: even(1, 500),
  multiples: fc.constantFrom(...RECORDS),
})

const studied = fc.record({
  volatility: perMille(80, 900),
  expectedReturn: perMille(-40, 600),
  atrMean: even(20, 500),
  volume: fc.constantFrom('3000', '2000000', '900000000'),
  liquidity: fc.oneof(fc.constant(null), perMille(200, 1_000)),
  sensors: fc.array(
    fc.oneof({ arbitrary: perMille(300, 1_000), weight: 6 }, { arbitrary: fc.constant(null), weight: 1 }),
    {
      minLength: 3,
      maxLength: 3,
    },
  ),
  regime: fc.constantFrom(null, ...REGIMES),
  quality: fc.oneof(fc.constant(null), perMille(200, 1_000)),
  profits: fc.array(even(-900, 1_200), { maxLength: 24 }),
  floor: perMille(1, 500),
  dayFloor: fc.oneof(fc.constant(null), perMille(1, 700)),
  conviction: fc.constantFrom(undefined, 'LOW', 'MEDIUM', 'HIGH'),
  method: fc.constantFrom(...METHODS.map(({ id }) => id)),
  typed: even(0, 9),
})

/** Orders by every method under every rule there is, with every study; most are sized above zero by their method. */
export function everyRuleOrders(wanted: Wanted = {}): fc.Arbitrary<Scenario> {
  return fc
    .record({ scenario: scenarios(wanted), profile: profiles(), record: records, study: studied })
    .map(({ scenario: drawn, profile, record, study }): Scenario => {
      const { inputs, book } = drawn
      const { request, instrument, account, strategy } = inputs
      const symbols = [
        ...new Set([String(request.symbol), ...[...book.positions, ...book.working].map(({ symbol }) => symbol)]),
      ]
      const last = Number(inputs.last.value)
      const equity = Number(account.equity.value)
      const share = (part: string): string => (equity * Number(part)).toFixed(2)
      const away = request.side === 'buy' ? '' : '-'
      const expected = study.expectedReturn.startsWith('-')
        ? study.expectedReturn.slice(1)
        : away + study.expectedReturn
      return {
        book,
        raw: profile[0],
        profile: profile[1],
        inputs: {
          ...inputs,
          request: {
            ...request,
            method: study.method,
            quantity: study.typed === 0 ? request.quantity : undefined,
            signal: typeof request.signal === 'string' && request.signal.length < 3 ? undefined : request.signal,
            ...(study.conviction === undefined ? {} : { conviction: study.conviction }),
          },
          strategy: strategy === null ? null : { ...strategy, method: null },
          account: { ...account, startingEquity: reading(share('0.95')) },
          edge: edgeOf(inputs.edge, record),
          studies: everyStudy(symbols, {
            volatility: study.volatility,
            expectedReturn: expected,
            atrMean: ((last * study.atrMean) / 10_000).toFixed(12),
            dailyVolume: instrument?.assetClass === 'crypto' ? '40000000' : study.volume,
            liquidity: study.liquidity,
            sensors: study.sensors,
            regime: study.regime,
            quality: study.quality,
            lastProfits: study.profits.map((profit) => ((equity * profit) / 30_000).toFixed(2)),
            floor: share(study.floor),
            dayFloor: study.dayFloor === null ? null : share(study.dayFloor),
          }),
        },
      }
    })
}

type Drawn = typeof records extends fc.Arbitrary<infer T> ? T : never

function edgeOf(edge: EdgeInput | null, drawn: Drawn): EdgeInput | null {
  if (edge === null) return null
  return {
    ...edge,
    wins: drawn.wins,
    losses: drawn.losses,
    meanWin: String(drawn.payoff),
    meanLoss: drawn.losses === 0 ? null : '100',
    meanFee: multiple('0.01', drawn.fee),
    meanQuantity: String(drawn.quantity),
    winRateLow: drawn.rateLow,
    payoffLow: drawn.payoffLow,
    kellyLow: drawn.kellyLow,
    rMultiples: drawn.multiples,
  }
}
