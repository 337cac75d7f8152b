import fc from 'fast-check'
import type {
  BookInput,
  DecisionInputs,
  EdgeInput,
  OrderRequest,
  PositionInput,
  RateQuote,
  StrategyInput,
  WorkingOrderInput,
} from '../../src/domain/inputs.ts'
import type { Profile } from '../../src/domain/profile.ts'
import { LISTED, lotsNear, multiple, ticksOf, type Listed } from './arbitraries-instruments.ts'
import { facing, opposite } from './arbitraries-facing.ts'
import { profiles } from './arbitraries-profile.ts'
import { book, inputs, NOW, rate, reading, type RawProfile } from './sizing-fixtures.ts'

/** One generated order with everything it is decided by, as plain data. */
export interface Scenario {
  readonly inputs: DecisionInputs
  readonly book: BookInput
  /** The profile as plain data, for the reference. */
  readonly raw: RawProfile
  readonly profile: Profile
}

const listed = fc.constantFrom(...LISTED)
/** Evenly drawn: the edges that matter are drawn by name. */
const even = (min: number, max: number): fc.Arbitrary<number> => fc.noBias(fc.integer({ min, max }))
const share = (most: number): fc.Arbitrary<number> => even(0, most)
const strategies = fc.constantFrom(null, null, 'alpha', 'beta')
const METHODS = ['fixed_risk', 'fixed_risk', 'fixed_risk_atr', 'fixed_fraction', 'fixed_qty', 'kelly_trades'] as const

/** Rates from and to the dollar, some inverted, some twice, so that every kind of path occurs. */
const rates: fc.Arbitrary<readonly RateQuote[]> = fc
  .tuple(share(3_000), share(3_000), share(3_000), share(3_000), fc.boolean())
  .map(([eur, gbp, jpy, nzd, inverted]) => [
    rate('EUR', 'USD', multiple('0.0001', 9_500 + eur), NOW - 60_000),
    inverted
      ? rate('USD', 'GBP', multiple('0.0001', 7_000 + gbp))
      : rate('GBP', 'USD', multiple('0.0001', 11_500 + gbp)),
    rate('USD', 'JPY', multiple('0.01', 13_000 + jpy)),
    rate('NZD', 'USD', multiple('0.0001', 5_500 + nzd)),
    ...(inverted ? [rate('GBP', 'NZD', '2.16144', NOW - 5_000)] : []),
  ])

const positionOf = (sign: 1 | -1 | 0): fc.Arbitrary<(one: Listed) => PositionInput> =>
  fc
    .record({
      lots: even(1, 120),
      off: even(-80, 80),
      short: fc.boolean(),
      stop: even(-12, 90),
      strategy: strategies,
    })
    .map((drawn) => ({ spec, ticks }) => {
      const short = sign === 0 ? drawn.short && spec.assetClass !== 'option' : sign < 0
      const mark = ticks + (ticks * drawn.off) / 1_000
      const stop = drawn.stop < 0 ? null : ticksOf(spec, mark + ((short ? 1 : -1) * mark * drawn.stop) / 1_000)
      const quantity = multiple(spec.lotStep, (short ? -1 : 1) * lotsNear(spec.lotStep, drawn.lots))
      return {
        symbol: spec.symbol,
        strategy: drawn.strategy,
        quantity,
        averagePrice: ticksOf(spec, ticks),
        stop,
        mark: reading(ticksOf(spec, mark)),
        spec,
      }
    })

const working: fc.Arbitrary<WorkingOrderInput> = fc
  .tuple(listed, even(1, 300), fc.boolean(), even(-20, 60), strategies)
  .map(([{ spec, ticks }, lots, buys, stop, strategy]) => ({
    orderId: `w${lots}`,
    symbol: spec.symbol,
    strategy,
    side: buys || spec.assetClass === 'option' ? 'buy' : 'sell',
    quantity: multiple(spec.lotStep, lotsNear(spec.lotStep, lots)),
    price: ticksOf(spec, ticks),
    stop: stop < 0 ? null : ticksOf(spec, ticks + ((buys ? -1 : 1) * ticks * (stop + 1)) / 1_000),
    spec,
  }))

const edge: fc.Arbitrary<EdgeInput> = fc
  .tuple(share(80), share(80), share(5), even(1, 60_000), even(1, 40_000))
  .map(([wins, losses, scratches, win, loss]) => ({
    scope: 'all trades',
    window: '30 days',
    from: NOW - 1,
    to: NOW,
    wins,
    losses,
    scratches,
    meanWin: wins === 0 ? null : multiple('0.01', win),
    meanLoss: losses === 0 ? null : multiple('0.01', loss),
    source: 'test',
  }))

const strategyOf = fc
  .tuple(
    fc.constantFrom(null, '0.05', '0.2', '1.5'),
    fc.constantFrom(null, '3', '250'),
    fc.constantFrom(null, null, 'fixed_fraction', 'fixed_qty'),
  )
  .map(([budget, fixedQuantity, method]) => (code: string): StrategyInput => ({
    code,
    budget,
    fixedQuantity,
    method,
    enabled: true,
  }))

const request = fc.record({
  buys: fc.boolean(),
  market: even(0, 9),
  off: even(-30, 30),
  stop: even(-12, 120),
  reward: even(-100, 300),
  lots: fc.oneof(fc.constant(null), fc.constant(null), even(1, 100_000)),
  risk: fc.oneof(fc.constant(null), fc.constant(null), even(1, 500)),
  signal: fc.oneof(fc.constant(null), fc.constant(null), even(-100, 100)),
  method: fc.oneof(fc.constant(null), fc.constantFrom(...METHODS)),
  strategy: strategies,
  known: fc.boolean(),
})

/** What a scenario is held to: all of them, or those a property needs. */
export interface Wanted {
  /** Whether an order may close what is held: then it is an exit. */
  readonly exits?: 'some' | 'none' | 'all'
  /** Whether every stop is on its side and at least the least distance away. */
  readonly soundStops?: boolean
}

/** Orders of every class, method and side, on books, rates and profiles of every kind. Most are sized above zero. */
export function scenarios({ exits = 'none', soundStops = false }: Wanted = {}): fc.Arbitrary<Scenario> {
  const account = fc.record({
    currency: fc.constantFrom('USD', 'USD', 'EUR', 'GBP', 'JPY'),
    scale: even(4, 8),
    equity: even(100, 999),
    below: share(120),
    opened: even(-20, 8),
    flows: even(-2_000, 200),
  })
  const quote = fc.record({
    quoted: fc.boolean(),
    half: even(0, 6),
    atr: even(1, 400),
  })
  const held = fc.array(fc.tuple(listed, positionOf(0)), { maxLength: 4 })
  const holds = exits === 'all' ? fc.constant(1) : fc.integer({ min: 0, max: exits === 'none' ? 3 : 1 })
  const own = fc.tuple(holds, positionOf(1))
  return fc
    .record({
      listed,
      request,
      account,
      quote,
      held,
      own,
      working: fc.array(working, { maxLength: 2 }),
      rates,
      edge,
      strategyOf,
      profile: profiles(),
    })
    .map((drawn): Scenario => {
      const { spec, ticks } = drawn.listed
      const sells = !drawn.request.buys && spec.assetClass !== 'option'
      const side = sells ? 'sell' : 'buy'
      const yen = drawn.account.currency === 'JPY' ? 2 : 0
      const equity = `${drawn.account.equity}${'0'.repeat(drawn.account.scale - 2 + yen)}`
      const last = ticks + (ticks * drawn.request.off) / 1_000
      const asked = requestOf(drawn.request, drawn.listed, side, last, soundStops)
      const near = Math.max(1, Math.round(last))
      const [bid, ask] = drawn.quote.quoted
        ? [ticksOf(spec, near - drawn.quote.half), ticksOf(spec, near + drawn.quote.half)]
        : [null, null]
      const share = (perMille: number): string => multiple(equity, 1_000 + perMille).replace(/(\d{3})$/, '.$1')
      const positions = drawn.held.filter(([one]) => one.spec.symbol !== spec.symbol).map(([one, make]) => make(one))
      const [count, make] = drawn.own
      if (count === 1) positions.push(facing(make(drawn.listed), exits === 'none' ? side : opposite(side)))
      const working = drawn.working.filter((order) => exits === 'none' || order.symbol !== spec.symbol)
      const strategy =
        typeof asked.strategy === 'string' && drawn.request.known ? drawn.strategyOf(asked.strategy) : null
      return {
        inputs: inputs({
          request: asked,
          instrument: spec,
          strategy,
          last: reading(ticksOf(spec, last)),
          bid: reading(bid),
          ask: reading(ask),
          atr: reading(ticksOf(spec, (ticks * drawn.quote.atr) / 10_000)),
          edge: drawn.edge,
          ordersToday: drawn.working.length,
          account: {
            currency: drawn.account.currency,
            equity: reading(equity),
            peakEquity: reading(share(drawn.account.below)),
            openingEquity: { day: reading(share(drawn.account.opened)), week: reading(equity), month: reading(equity) },
            flows: { day: String(drawn.account.flows), week: '0', month: '0' },
          },
        }),
        book: book({ currency: drawn.account.currency, positions, working, rates: drawn.rates }),
        raw: drawn.profile[0],
        profile: drawn.profile[1],
      }
    })
}

type DrawnRequest = typeof request extends fc.Arbitrary<infer T> ? T : never

function requestOf(
  drawn: DrawnRequest,
  { spec, ticks }: Listed,
  side: 'buy' | 'sell',
  last: number,
  sound: boolean,
): OrderRequest {
  const market = drawn.market < 3
  const entry = Math.max(1, Math.round(market ? last : ticks))
  const away = side === 'buy' ? -1 : 1
  const least = sound ? 1 : drawn.stop
  const distance = Math.max(least, Math.round((entry * drawn.stop) / 1_000))
  const stop = Math.round(entry + away * distance)
  const hasStop = stop >= 1 && (drawn.stop >= 0 || drawn.stop < -10)
  return {
    symbol: spec.symbol,
    side,
    entry: market ? 'market' : ticksOf(spec, entry),
    stop: hasStop && (!sound || stop !== entry) ? ticksOf(spec, stop) : undefined,
    ...(drawn.reward > 0 ? { target: ticksOf(spec, entry - (away * entry * drawn.reward) / 1_000) } : {}),
    ...(drawn.lots === null ? {} : { quantity: multiple(spec.lotStep, drawn.lots) }),
    ...(drawn.risk === null ? {} : { risk: multiple('0.0001', drawn.risk) }),
    ...(drawn.signal === null ? {} : { signal: multiple('0.01', drawn.signal) }),
    ...(drawn.method === null ? {} : { method: drawn.method }),
    ...(drawn.strategy === null ? {} : { strategy: drawn.strategy }),
  }
}
