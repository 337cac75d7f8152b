import fc from 'fast-check'
import type { Profile } from '../../src/domain/profile.ts'
import { multiple } from './arbitraries-instruments.ts'
import { profileOf, rawProfile, type RawProfile } from './sizing-fixtures.ts'

const BASE = rawProfile()

/** Every rule of a section switched off; the reference knows the rules that are drawn below and no others. */
const off = (section: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.keys(section).map((id) => [id, 'off']))

/** A share in steps of a tenth of a per cent. */
const share = (least: number, most: number): fc.Arbitrary<string> =>
  fc.noBias(fc.integer({ min: least, max: most })).map((perMille) => multiple('0.001', perMille))
const orOff = <T>(settings: fc.Arbitrary<T>): fc.Arbitrary<T | 'off'> =>
  fc.oneof({ arbitrary: settings, weight: 4 }, { arbitrary: fc.constant('off' as const), weight: 1 })

const ceilings = fc.record({
  risk_per_trade: orOff(fc.record({ max: share(2, 60) })),
  daily_loss: orOff(fc.record({ max: share(40, 600) })),
  single_asset: orOff(fc.record({ max: share(50, 4_000) })),
  cluster: orOff(
    fc.record({
      max: share(100, 5_000),
      caps: fc.constantFrom<Record<string, string>>(
        {},
        { tech: '0.4', fx_major: '6' },
        { us: '1.1', crypto_major: '0.6', eu: '0' },
      ),
    }),
  ),
  gross_exposure: orOff(
    fc.record({ maxExposure: share(400, 1_000), maxLeverage: fc.constantFrom('1', '2', '5.5', '30') }),
  ),
  net_exposure: orOff(fc.record({ max: share(300, 20_000) })),
  strategy_budget: orOff(fc.record({ fallback: share(0, 3_000) })),
  buying_power: orOff(fc.record({ usable: share(200, 1_000) })),
  order_qty: orOff(fc.record({ max: fc.constantFrom('5', '137.5', '20000', '1000000000') })),
  order_notional: orOff(fc.record({ max: fc.constantFrom('50000', '2500000', '90000000') })),
})

const methods = fc.record({
  risk: share(1, 60),
  multiple: fc.constantFrom('0.5', '2', '3.3'),
  fraction: share(5, 900),
  quantity: fc.constantFrom('1', '75', '0.3'),
  kelly: share(50, 1_000),
  cap: share(20, 1_000),
  minimum: fc.integer({ min: 1, max: 60 }),
  fallback: share(0, 20),
})

const drawnProfiles: fc.Arbitrary<RawProfile> = fc
  .record({
    methods,
    ceilings,
    factor: fc.constantFrom('1', '2', '5.5'),
    limit: share(100, 900),
    brake: fc.boolean(),
    least: share(0, 300),
    signal: fc.boolean(),
    gapLoss: share(100, 1_000),
    minimum: fc.constantFrom('0', '0', '0.001', '0.02'),
    aggregate: fc.constantFrom('weakest_link', 'product'),
    method: fc.constantFrom('fixed_risk', 'fixed_risk_atr', 'fixed_fraction'),
  })
  .map((drawn) => ({
    ...BASE,
    method: drawn.method,
    general: {
      ...BASE.general,
      ...('kellyFromHunter' in BASE.general ? { kellyFromHunter: false } : {}),
      aggregate: drawn.aggregate,
      allowBoosts: false,
      gapLoss: drawn.gapLoss,
      minimumWeight: drawn.minimum,
    },
    methods: {
      ...BASE.methods,
      fixed_risk: { risk: drawn.methods.risk },
      fixed_risk_atr: { risk: drawn.methods.risk, multiple: drawn.methods.multiple, period: 14 },
      fixed_fraction: { fraction: drawn.methods.fraction },
      fixed_qty: { quantity: drawn.methods.quantity },
      kelly_trades: {
        ...BASE.methods['kelly_trades'],
        ...BASE.methods['kelly_trades'],
        fraction: drawn.methods.kelly,
        cap: drawn.methods.cap,
        minimumTrades: drawn.methods.minimum,
        windowDays: 30,
        fallbackRisk: drawn.methods.fallback,
      },
    },
    scalers: { ...off(BASE.scalers), signal: drawn.signal ? { least: drawn.least } : 'off' },
    brakes: { ...off(BASE.brakes), drawdown: drawn.brake ? { limit: drawn.limit, factor: drawn.factor } : 'off' },
    ceilings: { ...off(BASE.ceilings), ...drawn.ceilings },
    gate: {
      ...BASE.gate,
      ...('minimum_sharpe' in BASE.gate ? { minimum_sharpe: 'off' } : {}),
      price_collar: { max: '0.2' },
    },
  }))

/** What generated runs start from: `BALLAST_SEED`, else a fixed seed, so that only a change makes an everyday run fail. */
export const SEED = Number(process.env['BALLAST_SEED'] ?? 20_261_120)

const POOL = 3_000
let pool: readonly (readonly [RawProfile, Profile])[] | undefined

/**
 * Profiles with every rule on or off and limits from tight to loose, plain and read. The gate keeps what cannot be
 * switched off. They come from a pool drawn once, since reading one takes as long as a decision.
 */
export function profiles(): fc.Arbitrary<readonly [RawProfile, Profile]> {
  pool ??= fc.sample(drawnProfiles, { numRuns: POOL, seed: SEED }).map((raw) => [raw, profileOf(raw)] as const)
  return fc.constantFrom(...pool)
}
