import { readDecimal } from '../../domain/kernel/money.ts'
import { reason } from '../../domain/kernel/reason.ts'
import { err, ok } from '../../domain/kernel/result.ts'
import { silence } from './exchange-words.ts'
import type { LibrarySession } from './library-session.ts'
import { readOrder, readTrade, rowsOf, STATUS, word, type Row } from './read-answers.ts'
import { readSpec } from './read-spec.ts'
import type { Answered, TradesFrom, Venue, VenueOrder, VenueRef, VenueSpec, VenueState, VenueTrade } from './venue.ts'

const WEEK_MS = 7 * 86_400_000
/** Trades in one answer, at most. */
const PAGE = 1_000
/** Pages read in one go: more than this is not one account's trades. */
const MOST_PAGES = 200

/** Where open orders are listed, and the member that is our id of them. */
const LISTS = [
  ['fapiPrivateGetOpenOrders', 'clientOrderId'],
  ['fapiPrivateGetOpenAlgoOrders', 'clientAlgoId'],
] as const
const KINDS = {
  market: 'MARKET',
  limit: 'LIMIT',
  stop: 'STOP_MARKET',
  'stop-limit': 'STOP',
  'take-profit': 'TAKE_PROFIT',
} as const
/** USDⓈ-M futures of Binance in one-way mode. Conditional orders lie in a service of their own until they are set off. */
export class BinanceUsdm implements Venue {
  readonly #session: LibrarySession

  constructor(session: LibrarySession) {
    this.#session = session
  }

  synchronise(): Promise<Answered<number>> {
    return this.#session.synchronise()
  }

  async check(): Promise<Answered<true>> {
    const mode = await this.#session.call('fapiPrivateGetPositionSideDual', {})
    if (!mode.ok) return mode
    const { dualSidePosition } = mode.value as Row
    if (typeof dualSidePosition !== 'boolean') return err(silence('The exchange did not tell its position mode'))
    if (!dualSidePosition) return ok(true)
    const says = 'The account is in hedge mode, where an exit could open a position: switch it to one-way mode.'
    return err({ kind: 'refused', reason: reason('NOT_ENABLED', says) })
  }

  async specs(): Promise<Answered<ReadonlyMap<string, VenueSpec>>> {
    const answered = await this.#session.call('fapiPublicGetExchangeInfo', {})
    if (!answered.ok) return answered
    const specs = rowsOf((answered.value as Row)['symbols']).flatMap((row) => readSpec(row) ?? [])
    return specs.length === 0
      ? err(silence('The exchange did not tell its symbols'))
      : ok(new Map(specs.map((spec) => [spec.symbol, spec])))
  }

  async place({
    venueId,
    symbol,
    side,
    kind,
    quantity,
    price,
    trigger,
    reduceOnly,
  }: VenueOrder): Promise<Answered<VenueState>> {
    const shared = {
      symbol,
      side: side.toUpperCase(),
      type: KINDS[kind],
      quantity,
      ...(price === null ? {} : { price, timeInForce: 'GTC' }),
      ...(reduceOnly ? { reduceOnly: 'true' } : {}),
    }
    const answered = await (trigger === null
      ? this.#session.call('fapiPrivatePostOrder', { ...shared, newClientOrderId: venueId, newOrderRespType: 'RESULT' })
      : this.#session.call('fapiPrivatePostAlgoOrder', {
          ...shared,
          algoType: 'CONDITIONAL',
          triggerPrice: trigger,
          workingType: 'CONTRACT_PRICE',
          clientAlgoId: venueId,
        }))
    if (!answered.ok) return answered
    return trigger === null ? readOrder(answered.value as Row) : this.#conditional(answered.value as Row)
  }

  async cancel({ venueId, symbol, conditional }: VenueRef): Promise<Answered<true>> {
    const answered = await (conditional
      ? this.#session.call('fapiPrivateDeleteAlgoOrder', { clientAlgoId: venueId })
      : this.#session.call('fapiPrivateDeleteOrder', { symbol, origClientOrderId: venueId }))
    return answered.ok ? ok(true) : answered
  }

  async look({ venueId, symbol, conditional }: VenueRef): Promise<Answered<VenueState>> {
    if (conditional) {
      const answered = await this.#session.call('fapiPrivateGetAlgoOrder', { clientAlgoId: venueId })
      return answered.ok ? this.#conditional(answered.value as Row) : answered
    }
    const answered = await this.#session.call('fapiPrivateGetOrder', { symbol, origClientOrderId: venueId })
    return answered.ok ? readOrder(answered.value as Row) : answered
  }

  async working(
    symbols: readonly string[] | null,
  ): Promise<Answered<readonly { readonly venueId: string; readonly symbol: string }[]>> {
    const open: { venueId: string; symbol: string }[] = []
    for (const asked of symbols?.map((symbol) => ({ symbol })) ?? [{}])
      for (const [name, id] of LISTS) {
        const answered = await this.#session.call(name, asked)
        if (!answered.ok) return answered
        if (!Array.isArray(answered.value)) return err(silence('The exchange’s list of orders cannot be read'))
        for (const row of rowsOf(answered.value)) open.push({ venueId: word(row[id]), symbol: word(row['symbol']) })
      }
    return ok(open)
  }

  async trades(symbol: string, from: TradesFrom): Promise<Answered<readonly VenueTrade[]>> {
    if ('orderId' in from) return this.#page({ symbol, orderId: from.orderId })
    const all: VenueTrade[] = []
    let next: Row & Record<string, string> = { symbol }
    let since = 'since' in from ? from.since : 0
    if ('after' in from) next = { symbol, fromId: String(BigInt(from.after) + 1n) }
    for (let pages = 0; pages < MOST_PAGES; pages += 1) {
      if ('since' in from && next['fromId'] === undefined) {
        if (since > from.until) return ok(all)
        next = { symbol, startTime: String(since), endTime: String(Math.min(since + WEEK_MS - 1, from.until)) }
        since += WEEK_MS
      }
      const page = await this.#page(next)
      if (!page.ok) return page
      all.push(...page.value)
      const last = page.value.at(-1)
      const isFull = page.value.length >= PAGE && last !== undefined
      // From a full page on its numbers lead through whatever is left.
      if (isFull) next = { symbol, fromId: String(BigInt(last.tradeId) + 1n) }
      else if (next['fromId'] !== undefined || 'after' in from) return ok(all)
    }
    return err(silence('The exchange lists more trades than can be read'))
  }

  async venueIdOf(symbol: string, orderId: string): Promise<Answered<string>> {
    const answered = await this.#session.call('fapiPrivateGetOrder', { symbol, orderId })
    return answered.ok ? ok(word((answered.value as Row)['clientOrderId'])) : answered
  }

  async positions(): Promise<Answered<readonly { readonly symbol: string; readonly quantity: string }[]>> {
    const answered = await this.#session.call('fapiPrivateV2GetPositionRisk', {})
    if (!answered.ok) return answered
    if (!Array.isArray(answered.value)) return err(silence('The exchange’s list of positions cannot be read'))
    const held: { symbol: string; quantity: string }[] = []
    for (const row of rowsOf(answered.value)) {
      const quantity = word(row['positionAmt'])
      if (word(row['positionSide']) !== 'BOTH' || !readDecimal(quantity, 'positionAmt').ok)
        return err(silence('The exchange’s list of positions cannot be read'))
      held.push({ symbol: word(row['symbol']), quantity })
    }
    return ok(held)
  }

  /** A conditional order is told as the order it became, once it was set off. */
  async #conditional(row: Row): Promise<Answered<VenueState>> {
    const actual = word(row['actualOrderId'])
    const [brokerId, quantity, trigger] = [word(row['algoId']), word(row['quantity']), word(row['triggerPrice'])]
    const algoStatus = word(row['algoStatus'])
    const waiting = { brokerId, orderId: null, quantity, trigger, filled: '0' }
    if (actual !== '' && actual !== '0') {
      const answered = await this.#session.call('fapiPrivateGetOrder', {
        symbol: word(row['symbol']),
        orderId: actual,
      })
      if (!answered.ok) return answered.error.kind === 'missing' ? ok({ ...waiting, status: 'working' }) : answered
      const order = readOrder(answered.value as Row)
      return order.ok ? ok({ ...order.value, brokerId, trigger }) : order
    }
    const status = STATUS[algoStatus]
    if (status === undefined || brokerId === '' || !readDecimal(quantity, 'quantity').ok)
      return err(silence('The exchange’s word on a conditional order cannot be read'))
    return ok({ ...waiting, status })
  }

  async #page(given: Readonly<Record<string, string>>): Promise<Answered<readonly VenueTrade[]>> {
    const answered = await this.#session.call('fapiPrivateGetUserTrades', { ...given, limit: String(PAGE) })
    if (!answered.ok) return answered
    const trades = rowsOf(answered.value).map(readTrade)
    const read = trades.filter((trade) => trade !== undefined)
    return Array.isArray(answered.value) && read.length === trades.length
      ? ok(read.sort((a, b) => Number(BigInt(a.tradeId) - BigInt(b.tradeId))))
      : err(silence('The exchange’s list of trades cannot be read'))
  }
}
