import fc from 'fast-check'
import { describe, it } from 'vitest'
import { valueBook } from '../../../src/domain/book.ts'
import { decide } from '../../../src/domain/governor/decide.ts'
import type { BookInput, DecisionInputs } from '../../../src/domain/inputs.ts'
import { dec, floorTo, onGrid, smaller, text } from '../../../src/domain/kernel/money.ts'
import { scenarios } from '../../support/arbitraries.ts'
import { multiple } from '../../support/arbitraries-instruments.ts'
import { NOW, profileOf, rawProfile, reading, share, type RawProfile } from '../../support/sizing-fixtures.ts'
import { holds, must } from './cases.ts'

/** Everything that stops an entry, one by one and together. */
const breakages = fc.record({
  account: fc.constantFrom('sound', 'disabled', 'no equity', 'stale equity', 'below its floor'),
  instrument: fc.constantFrom('sound', 'unknown', 'restricted', 'broken'),
  market: fc.constantFrom('sound', 'no rates', 'stale marks', 'no mark', 'live without a quote'),
  orders: fc.constantFrom('sound', 'too many', 'twin'),
  limits: fc.constantFrom('sound', 'none left'),
  lots: fc.oneof(fc.constant(null), fc.noBias(fc.integer({ min: 1, max: 400_000 }))),
})

describe('an exit', () => {
  it('is never blocked, never past flat and never rounded up, whatever else is broken', { timeout: 3_600_000 }, () => {
    holds('exits', fc.tuple(scenarios({ exits: 'all' }), breakages), ([drawn, broken]) => {
      const symbol = drawn.inputs.request.symbol as string
      const held = drawn.book.positions
        .filter((one) => one.symbol === symbol)
        .reduce((sum, one) => sum.plus(one.quantity), dec('0'))
      if (held.isZero()) return 'nothing held'
      const lotStep = drawn.inputs.instrument?.lotStep ?? ''
      const quantity =
        broken.lots === null
          ? undefined
          : multiple(lotStep, broken.lots).replace(/(\.\d*?)0+$/, '$1') + (lotStep.includes('.') ? '5' : '')
      const inputs = brokenInputs(drawn.inputs, broken, quantity)
      const profile = broken.limits === 'none left' ? NONE_LEFT : drawn.profile
      const exit = decide(inputs, valueBook(brokenBook(drawn.book, broken)), profile)
      must(exit.kind === 'exit', () => `taken for an entry: ${exit.says}`)
      const most = held.abs()
      const asked = quantity === undefined ? most : dec(quantity)
      const size = dec(exit.quantity)
      must(
        size.gte(0) && size.lte(most) && size.lte(asked),
        () => `${exit.quantity} of ${text(most)} held, ${text(asked)} asked`,
      )
      const readable = broken.instrument !== 'unknown' && broken.instrument !== 'broken'
      const within = smaller(asked, most)
      const expected = within.eq(most) || !readable ? within : floorTo(within, dec(lotStep))
      must(size.eq(expected), () => `${exit.quantity}, expected ${text(expected)}: ${exit.says}`)
      must(within.eq(most) || !readable || onGrid(size, dec(lotStep)), () => 'off the lot grid')
      must(!size.isZero() || exit.reasons.length > 0, () => 'a zero without a reason')
      return exit.outcome
    })
  })

  it('leaves what would flip the position to a new order', { timeout: 3_600_000 }, () => {
    holds('flips', scenarios({ exits: 'all' }), (drawn) => {
      const symbol = drawn.inputs.request.symbol as string
      const held = drawn.book.positions.find((one) => one.symbol === symbol)
      if (held === undefined) return 'nothing held'
      const size = dec(held.quantity).abs()
      const request = { ...drawn.inputs.request, quantity: text(size.times(3)) }
      const exit = decide({ ...drawn.inputs, request }, valueBook(drawn.book), drawn.profile)
      must(size.eq(exit.quantity), () => `${exit.quantity} of ${text(size)} held`)
      must(exit.outcome === 'reduced' && exit.reasons[0]?.code === 'EXIT_PAST_FLAT', () => 'the rest is not told')
      return 'flat'
    })
  })
})

const NONE_LEFT = profileOf(tightest(rawProfile()))

function tightest(raw: RawProfile): RawProfile {
  return {
    ...raw,
    ceilings: {
      ...raw.ceilings,
      risk_per_trade: { max: '0.000000000001' },
      daily_loss: { max: '0.000000000001' },
      order_qty: { max: '0.000000000001' },
    },
    gate: { ...raw.gate, session: { applies: 'always' }, reward_to_risk: { least: 1_000 } },
  }
}

type Broken = typeof breakages extends fc.Arbitrary<infer T> ? T : never

function brokenInputs(inputs: DecisionInputs, broken: Broken, quantity: string | undefined): DecisionInputs {
  const { account, instrument, request } = inputs
  const equity = {
    'no equity': reading(null),
    'stale equity': reading('1', 5),
    'below its floor': reading('0.01'),
    sound: account.equity,
    disabled: account.equity,
  }
  const spec = {
    unknown: null,
    restricted: { ...(instrument ?? share()), restricted: true, enabled: false },
    broken: { ...(instrument ?? share()), lotStep: 'NaN' },
    sound: instrument,
  }
  const twin = {
    symbol: request.symbol as string,
    side: request.side as 'buy' | 'sell',
    quantity: quantity ?? '1',
    at: NOW,
  }
  return {
    ...inputs,
    bookKind: broken.market === 'live without a quote' ? 'live' : 'paper',
    request: { ...request, entry: 'market', quantity },
    instrument: spec[broken.instrument],
    last: broken.market === 'sound' ? inputs.last : reading(null),
    account: { ...account, enabled: broken.account !== 'disabled', equity: equity[broken.account] },
    recent: broken.orders === 'twin' ? [twin] : [],
    ordersToday: broken.orders === 'too many' ? 1_000_000 : 0,
  }
}

function brokenBook(book: BookInput, { market }: Broken): BookInput {
  const rates = market === 'no rates' ? [] : book.rates
  const mark = market === 'no mark' ? reading(null) : market === 'stale marks' ? reading('1', 5) : null
  return { ...book, rates, positions: book.positions.map((one) => (mark === null ? one : { ...one, mark })) }
}
