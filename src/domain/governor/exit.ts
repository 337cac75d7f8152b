import type { Book } from '../book.ts'
import { notionalPerUnit } from '../exposure.ts'
import { convert } from '../fx.ts'
import type { DecisionInputs } from '../inputs.ts'
import { readInstrument } from '../instrument.ts'
import {
  floorTo,
  magnitude,
  readDecimal,
  rounded,
  sayExact,
  smaller,
  text,
  ZERO,
  type Dec,
  type Price,
} from '../kernel/money.ts'
import { reason, type Reason } from '../kernel/reason.ts'
import { err, type Result } from '../kernel/result.ts'
import type { ReadOrder } from '../sizing/read-order.ts'
import { emptyBody, NO_COSTS } from './body.ts'
import { isGroup } from './check-inputs.ts'
import type { DecisionBody, Step } from './decision.ts'

/** Signed units held of a symbol, less working orders that already reduce it. */
export function reducible(book: Book, symbol: string, side: 'buy' | 'sell'): Dec {
  let held = ZERO
  for (const position of book.input.positions)
    if (position.symbol === symbol) held = held.plus(quantityOf(position.quantity))
  const against = side === 'sell' ? held : held.negated()
  let working = ZERO
  for (const order of book.input.working)
    if (order.symbol === symbol && order.side === side) working = working.plus(quantityOf(order.quantity))
  const left = smaller<Dec>(against.minus(working), against)
  return left.gt(0) ? left : ZERO
}

/** Whether an order on this side reduces what is held: then it is an exit. */
export function reduces(book: Book, symbol: string, side: 'buy' | 'sell'): boolean {
  let held = ZERO
  for (const position of book.input.positions)
    if (position.symbol === symbol) held = held.plus(quantityOf(position.quantity))
  return side === 'sell' ? held.gt(0) : held.lt(0)
}

/**
 * An exit: no proposal, no ceiling, no gate but the desk's own state, which lets exits pass unless it is HALTED or FAULT.
 * It is as large as asked for, never past flat and never rounded up; what
 * would flip the position is left for a new order that meets the limits.
 */
export function decideExit(inputs: DecisionInputs, order: ReadOrder, book: Book): DecisionBody {
  const held = reducible(book, order.symbol, order.side)
  const asked = order.quantity ?? held
  const spec = isGroup(inputs.instrument) ? readInstrument(inputs.instrument) : null
  const lotStep = spec?.ok === true ? spec.value.lotStep : null
  const within = smaller<Dec>(asked, held)
  const whole = within.eq(held) || lotStep === null ? within : floorTo(within, lotStep)
  const { desk } = inputs
  const shut = desk !== undefined && !desk.exits
  const size = shut ? ZERO : whole
  const reasons: Reason[] = shut ? [reason(desk.code ?? 'INTERNAL', desk.says, 'desk')] : []
  if (held.isZero())
    reasons.push(
      reason(
        'EXIT_PAST_FLAT',
        `Working orders already close the whole position in ${order.symbol}.`,
        'request.quantity',
      ),
    )
  else if (asked.gt(held)) {
    reasons.push(
      reason(
        'EXIT_PAST_FLAT',
        `${sayExact(held)} of ${sayExact(asked)} units close the position; the rest would open a new one: send it as its own order.`,
        'request.quantity',
      ),
    )
  }
  if (!shut && size.lt(within))
    reasons.push(reason('LOT_ROUNDING', `Rounded down to the lot of ${sayExact(lotStep ?? ZERO)}.`))
  const says = size.isZero()
    ? (reasons[0]?.says ?? '')
    : `Exit: ${order.side === 'buy' ? 'buy' : 'sell'} ${sayExact(size)} ${order.symbol}; exits are never blocked by a limit.`
  const step: Step = {
    stage: 'exit',
    rule: 'exit',
    title: 'Exit',
    before: text(asked),
    after: text(size),
    factor: null,
    ceiling: text(held),
    passed: size.gte(asked),
    code: reasons[0]?.code ?? null,
    facts: { held: text(held) },
    says,
  }
  return {
    ...emptyBody(inputs, order.symbol),
    kind: 'exit',
    side: order.side,
    strategy: order.strategy,
    outcome: size.isZero() ? 'rejected' : size.gte(asked) ? 'approved' : 'reduced',
    quantity: text(size),
    proposed: text(asked),
    costs: NO_COSTS,
    entry: entryOf(),
    ...valueOf(),
    binding: reasons.length === 0 ? null : 'exit',
    steps: [step],
    reasons,
    says,
  }

  function lastPrice(): Result<Dec, Reason> {
    if (isGroup(inputs.last)) return readDecimal(inputs.last.value, 'last')
    return err(reason('INPUT_MISSING', 'last is missing: no price is known.', 'last'))
  }

  function entryOf(): string | null {
    if (order.entry !== 'market') return text(order.entry)
    const price = lastPrice()
    return price.ok ? text(price.value) : null
  }

  // An exit is decided without prices; what is known of its value is told, nothing is needed.
  function valueOf(): Partial<Pick<DecisionBody, 'notional' | 'exposure'>> {
    const price = order.entry === 'market' ? lastPrice() : { ok: true as const, value: order.entry }
    if (spec?.ok !== true || !price.ok || price.value.lte(0)) return {}
    const rate = convert(spec.value.currency, inputs.account.currency, book.input.rates)
    if (!rate.ok) return {}
    const notional = notionalPerUnit(spec.value, price.value as Price, 'buy')
      .times(rate.value.rate)
      .times(size)
    return {
      notional: rounded(magnitude(notional)),
      exposure: exposureWithout(book, order.symbol, notional, order.side),
    }
  }
}

function exposureWithout(book: Book, symbol: string, notional: Dec, side: 'buy' | 'sell'): DecisionBody['exposure'] {
  const span = book.bySymbol.get(symbol)
  const symbolBefore = span === undefined ? ZERO : side === 'sell' ? span.high : span.low
  const signed = side === 'buy' ? notional : notional.negated()
  const netBefore = side === 'buy' ? book.net.high : book.net.low
  return {
    grossBefore: rounded(book.gross),
    grossAfter: rounded(book.gross.minus(notional).gt(0) ? book.gross.minus(notional) : ZERO),
    netBefore: rounded(netBefore),
    netAfter: rounded(netBefore.plus(signed)),
    leverageBefore: null,
    leverageAfter: null,
    symbolBefore: rounded(symbolBefore),
    symbolAfter: rounded(symbolBefore.plus(signed)),
  }
}

function quantityOf(value: string): Dec {
  const read = readDecimal(value, 'positions.quantity')
  return read.ok ? read.value : ZERO
}
