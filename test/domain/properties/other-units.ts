import { valueBook } from '../../../src/domain/book.ts'
import { decide } from '../../../src/domain/governor/decide.ts'
import type { DecisionInputs, EdgeInput, InstrumentSpec, Reading } from '../../../src/domain/inputs.ts'
import { dec, text } from '../../../src/domain/kernel/money.ts'
import type { Studies } from '../../../src/domain/studies.ts'
import type { Scenario } from '../../support/arbitraries.ts'
import { pairItself } from '../../support/reference-sizing.ts'
import { profileOf, rate } from '../../support/sizing-fixtures.ts'
import { must } from './cases.ts'

const by = (value: string, factor: string): string => text(dec(value).times(factor))
const maybe = <T extends string | null | undefined>(value: T, factor: string): T =>
  typeof value === 'string' ? (by(value, factor) as T) : value
const read = (reading: Reading, factor: string): Reading => ({ ...reading, value: maybe(reading.value, factor) })
const unitless = (value: unknown, factor: string): unknown =>
  typeof value === 'string' && value !== 'market' ? by(value, factor) : value

/** Decides an order and the same in another unit; the sizes differ by `factor` alone, and the same rule binds. */
export function compared(drawn: Scenario, other: Scenario | null, factor: string): string {
  if (other === null) return 'a pair that prices its own account'
  const before = decide(drawn.inputs, valueBook(drawn.book), drawn.profile)
  const after = decide(other.inputs, valueBook(other.book), other.profile)
  must(
    dec(before.quantity).times(factor).eq(after.quantity),
    () => `${before.quantity} (${before.says}) against ${after.quantity} (${after.says})`,
  )
  must(before.binding === after.binding, () => `${String(before.binding)} against ${String(after.binding)}`)
  return before.outcome
}

/** The account kept in hundredths of its money. */
export function inCents(drawn: Scenario): Scenario | null {
  const { inputs, book, raw } = drawn
  const { account, instrument, edge } = inputs
  const specs = [instrument, ...book.positions.map(({ spec }) => spec), ...book.working.map(({ spec }) => spec)]
  if (specs.some((spec) => spec !== null && pairItself(spec, account.currency))) return null
  const old = account.currency
  const rates = book.rates.map((quote) =>
    quote.to === old
      ? { ...quote, to: 'CENT', rate: by(quote.rate, '100') }
      : quote.from === old
        ? { ...quote, from: 'CENT', rate: by(quote.rate, '0.01') }
        : quote,
  )
  const opening = account.openingEquity
  return {
    ...drawn,
    profile: profileOf({
      ...raw,
      general: {
        ...raw.general,
        hunterFrom: by(String(raw.general['hunterFrom']), '100'),
        strategistFrom: by(String(raw.general['strategistFrom']), '100'),
      },
      ceilings: { ...raw.ceilings, ...times(raw.ceilings, 'order_notional', 'max', '100') },
    }),
    book: { ...book, currency: 'CENT', rates: [...rates, rate(old, 'CENT', '100')] },
    inputs: {
      ...inputs,
      edge: edge === null ? null : inOtherMoney(edge, '100'),
      ...studiesIn(inputs, ({ lastProfits, propFirm }) => ({
        lastProfits: lastProfits.map((profit) => by(profit, '100')),
        propFirm:
          propFirm === null
            ? null
            : { ...propFirm, floor: maybe(propFirm.floor, '100'), dayFloor: maybe(propFirm.dayFloor, '100') },
      })),
      account: {
        ...account,
        currency: 'CENT',
        equity: read(account.equity, '100'),
        peakEquity: read(account.peakEquity, '100'),
        ...(account.startingEquity === undefined ? {} : { startingEquity: read(account.startingEquity, '100') }),
        openingEquity: {
          day: read(opening.day, '100'),
          week: read(opening.week, '100'),
          month: read(opening.month, '100'),
        },
        flows: { day: by(account.flows.day, '100'), week: '0', month: '0' },
      },
    },
  }
}

/** The instrument quoted in hundredths, each point worth a hundredth. */
export function inPennies(drawn: Scenario): Scenario | null {
  const { instrument } = drawn.inputs
  if (instrument === null || pairItself(instrument, drawn.inputs.account.currency)) return null
  const { tickSize, pointValue, contractSize, spread, optionStrike, optionUnderlying } = instrument
  const spec: InstrumentSpec = {
    ...instrument,
    tickSize: by(tickSize, '100'),
    pointValue: by(pointValue, '0.01'),
    contractSize: maybe(contractSize, '0.01'),
    spread: by(spread, '100'),
    optionStrike: maybe(optionStrike, '100'),
    optionUnderlying: maybe(optionUnderlying, '100'),
  }
  return { ...drawn, inputs: repriced(drawn.inputs, spec) }
}

function repriced(inputs: DecisionInputs, instrument: InstrumentSpec): DecisionInputs {
  const { request } = inputs
  const prices = {
    entry: unitless(request.entry, '100'),
    stop: unitless(request.stop, '100'),
    target: unitless(request.target, '100'),
  }
  return {
    ...inputs,
    instrument,
    request: { ...request, ...prices },
    last: read(inputs.last, '100'),
    bid: read(inputs.bid, '100'),
    ask: read(inputs.ask, '100'),
    atr: read(inputs.atr, '100'),
    ...studiesIn(inputs, ({ market }) => ({
      market: market === null ? null : { ...market, atrMean: read(market.atrMean, '100') },
    })),
  }
}

/** The instrument traded in thousandths of its unit. */
export function inSmallLots(drawn: Scenario): Scenario | null {
  const { inputs, raw } = drawn
  const { instrument, request, strategy, edge } = inputs
  if (instrument === null) return null
  const more = (value: string): string => by(value, '1000')
  const less = <T extends string | null>(value: T): T => maybe(value, '0.001')
  const spec: InstrumentSpec = {
    ...instrument,
    lotStep: more(instrument.lotStep),
    minQuantity: more(instrument.minQuantity),
    maxQuantity: maybe(instrument.maxQuantity, '1000'),
    pointValue: less(instrument.pointValue),
    contractSize: less(instrument.contractSize),
    tickValue: less(instrument.tickValue),
    commissionPerUnit: less(instrument.commissionPerUnit),
    marginPerUnit: less(instrument.marginPerUnit),
  }
  return {
    ...drawn,
    profile: profileOf({
      ...raw,
      ceilings: { ...raw.ceilings, ...times(raw.ceilings, 'order_qty', 'max', '1000') },
      methods: { ...raw.methods, fixed_qty: { quantity: more(String(raw.methods['fixed_qty']?.['quantity'])) } },
    }),
    inputs: {
      ...inputs,
      instrument: spec,
      request: { ...request, quantity: unitless(request.quantity, '1000') },
      strategy: strategy === null ? null : { ...strategy, fixedQuantity: maybe(strategy.fixedQuantity, '1000') },
      edge: edge?.meanQuantity == null ? edge : { ...edge, meanQuantity: by(edge.meanQuantity, '1000') },
      ...studiesIn(inputs, ({ market }) => ({
        market: market === null ? null : { ...market, averageDailyVolume: read(market.averageDailyVolume, '1000') },
      })),
    },
  }
}

function times(
  ceilings: Scenario['raw']['ceilings'],
  rule: string,
  key: string,
  factor: string,
): Record<string, unknown> {
  const settings = ceilings[rule]
  if (settings === 'off' || settings === undefined) return {}
  const values = settings as Readonly<Record<string, string>>
  return { [rule]: { ...values, [key]: by(values[key] ?? '', factor) } }
}

function inOtherMoney(edge: EdgeInput, factor: string): EdgeInput {
  const { meanWin, meanLoss, meanFee } = edge
  return {
    ...edge,
    meanWin: maybe(meanWin, factor),
    meanLoss: maybe(meanLoss, factor),
    ...(meanFee === undefined ? {} : { meanFee: maybe(meanFee, factor) }),
  }
}

/** The studies with some of them changed, where there are any. */
function studiesIn(
  { studies }: DecisionInputs,
  change: (studies: Studies) => Partial<Studies>,
): Pick<DecisionInputs, 'studies'> {
  return studies === undefined ? {} : { studies: { ...studies, ...change(studies) } }
}
