import { describe, expect, it } from 'vitest'
import { BookTrading } from '../../src/desk/trading/book-trading.ts'
import type { OrderReport } from '../../src/domain/broker/order-report.ts'
import { oracle, trueOrder } from '../domain/broker/true-orders.ts'
import { START, ticket } from '../domain/broker/paper-room.ts'
import { Dice, historyCount } from '../support/history-count.ts'
import { paperRoom, share, type TradingRoom } from './trading-room.ts'

const SEED = Number(process.env['BALLAST_SEED'] ?? 20_261_120)
const SCHEDULES = historyCount(120)

const tradingOf = ({ workspace }: TradingRoom): BookTrading =>
  new BookTrading(workspace, { paper: () => null, replay: () => undefined })

/** A room whose clock is past all reports, with shares that cost nothing to trade. */
async function room(...symbols: string[]): Promise<TradingRoom> {
  const opened = await paperRoom('500000')
  opened.clock.now = START + 3_600_000
  for (const symbol of symbols) opened.book().saveInstrument(share(symbol), opened.clock.now)
  opened.workspace.changed('ledger')
  return opened
}

const filled = (executionId: string, quantity: string, price: string, side: 'buy' | 'sell' = 'buy', at = START) =>
  ({
    kind: 'fill',
    at,
    clientId: side === 'buy' ? 'in' : 'out',
    executionId,
    symbol: 'ACME',
    side,
    quantity,
    price,
    fee: '1',
    feeCurrency: 'USD',
  }) as const

describe('an execution that the venue takes back or corrects', () => {
  async function traded(): Promise<{ opened: TradingRoom; trading: BookTrading; say: (one: OrderReport) => void }> {
    const opened = await room('ACME')
    const trading = tradingOf(opened)
    trading.store(ticket({ clientId: 'in', side: 'buy', quantity: '100', strategy: 'swing' }), 'entry')
    trading.store(ticket({ clientId: 'out', side: 'sell', quantity: '60', strategy: 'swing' }), 'exit')
    const say = (report: OrderReport): void => {
      trading.hear(report)
      trading.flush()
    }
    say(filled('e1', '60', '50'))
    say(filled('e2', '40', '50'))
    say(filled('x1', '60', '55', 'sell', START + 1_000))
    return { opened, trading, say }
  }
  const profits = ({ workspace }: TradingRoom) =>
    workspace.book.trades(workspace.account().accountId).map(({ quantity, profit }) => [quantity, Number(profit)])
  const held = ({ workspace, clock }: TradingRoom) =>
    workspace.book.holdings(workspace.account().accountId, clock.now).map(({ quantity }) => quantity)

  it('changes position, trades, edge and equity with it, and its fill stays as it was written', async () => {
    const { opened, trading, say } = await traded()
    // 60 · 5 less both fees; 40 are left at a fee of 1.
    expect([profits(opened), held(opened)]).toEqual([[['60', 298]], ['40']])
    const equity = async () => Number((await opened.calls.limits.live()).equity)
    const before = await equity()

    say({ kind: 'correction', revision: 1, ...told('x1', '60', '54', 'sell') })
    expect([profits(opened), held(opened)]).toEqual([[['60', 238]], ['40']])
    expect(await equity()).toBe(before - 60 - 40)
    expect(await opened.calls.edge.estimate({ strategy: 'swing' })).toMatchObject({ trades: 1, wins: 1, net: '238' })

    say({ kind: 'bust', at: START + 5_000, clientId: 'out', executionId: 'x1' })
    expect([profits(opened), held(opened)]).toEqual([[], ['100']])
    expect(await opened.calls.edge.estimate({ strategy: 'swing' })).toMatchObject({ trades: 0 })
    expect(trading.view('out')).toMatchObject({ filled: '0', averagePrice: null, fees: '0', open: '60' })

    const said = (await opened.calls.audit.rows({ limit: 20 }))
      .filter(({ kind }) => kind === 'fill')
      .map(({ says }) => says)
    expect(said).toEqual([
      'Execution x1 is void: the venue took it back, and it counts no more.',
      'Execution x1 is corrected (1): sell 60 ACME at 54, fee 1 USD.',
      'Fill: sell 60 ACME at 55.',
      'Fill: buy 40 ACME at 50.',
      'Fill: buy 60 ACME at 50.',
    ])
    expect(opened.book().verify().verdict).toBe('verified-anchored')
  })

  it('corrects what an order cost, and opens what is left of it again', async () => {
    const { trading, say } = await traded()
    expect(trading.view('in')).toMatchObject({ stage: 'filled', averagePrice: '50', fees: '2' })
    say({ kind: 'correction', revision: 1, ...told('e1', '50', '52') })
    expect(trading.view('in')).toMatchObject({ filled: '90', open: '10', fees: '2' })
    expect(Number(trading.view('in').averagePrice)).toBeCloseTo((50 * 52 + 40 * 50) / 90, 9)
  })

  it('counts the same when said twice, late, or before its fill, and after a restart', async () => {
    const { opened, say } = await traded()
    const bust = { kind: 'bust', at: START + 5_000, clientId: 'out', executionId: 'x2' } as const
    say(bust)
    say(filled('x2', '40', '56', 'sell', START + 2_000))
    say(bust)
    expect([profits(opened), held(opened)]).toEqual([[['60', 298]], ['40']])
    const again = opened.restart()
    expect([profits(again), held(again)]).toEqual([[['60', 298]], ['40']])
    expect(tradingOf(again).view('out')).toMatchObject({ filled: '60', averagePrice: '55' })
    again.workspace.close()
  })

  it('is refused to be changed or deleted in the file', async () => {
    const { opened, say } = await traded()
    say({ kind: 'bust', at: START + 5_000, clientId: 'out', executionId: 'x1' })
    const { path } = opened.book().info
    opened.workspace.close()
    const { default: Database } = await import('better-sqlite3')
    const file = new Database(path)
    for (const attempt of ['DELETE FROM fill_change', 'UPDATE fill_change SET at = 0'])
      expect(() => file.exec(attempt)).toThrow(/append-only/)
    file.close()
  })
})

function told(executionId: string, quantity: string, price: string, side: 'buy' | 'sell' = 'buy') {
  const { at, clientId, symbol, fee, feeCurrency } = filled(executionId, quantity, price, side)
  return { at: at + 9_000, clientId, executionId, symbol, side, quantity, price, fee, feeCurrency }
}

it(`the ledger of ${SCHEDULES} schedules is that of the sequential oracle`, { timeout: 3_600_000 }, async () => {
  const symbols = Array.from({ length: SCHEDULES }, (_, schedule) => `S${schedule}`)
  const opened = await room(...symbols)
  const { workspace, clock } = opened
  const { accountId } = workspace.account()
  let trading = tradingOf(opened)
  let changes = 0
  for (const [schedule, symbol] of symbols.entries()) {
    const dice = new Dice(SEED + schedule)
    const truth = Array.from({ length: 1 + dice.below(4) }, (_, index) => trueOrder(dice, index, symbol, `${symbol}-`))
    for (const { ticket: order } of truth) trading.store(order, 'entry')
    const all = truth.flatMap(({ reports }) => reports)
    const again = all.filter(() => dice.below(3) === 0)
    changes += all.filter(({ kind }) => kind === 'bust' || kind === 'correction').length
    for (const report of dice.below(2) === 0 ? dice.shuffle([...all, ...again]) : [...all, ...again]) {
      trading.hear(report)
      if (dice.below(3) > 0) trading.flush()
      if (dice.below(40) === 0) trading = (trading.flush(), tradingOf(opened))
    }
    trading.flush()
    const { held, cost, profit, fees } = oracle(truth)
    const mine = workspace.book.holdings(accountId, clock.now).find((holding) => holding.symbol === symbol)
    expect(Number(mine?.quantity ?? 0)).toBe(held)
    if (mine !== undefined) expect(Number(mine.averagePrice) * held * 100).toBeCloseTo(cost, 6)
    const trades = workspace.book.trades(accountId, { symbol })
    const gross = trades.reduce((sum, trade) => sum + Number(trade.profit) + Number(trade.fees), 0)
    expect(gross * 100).toBeCloseTo(profit, 6)
    const fills = workspace.book.fills(accountId).filter((fill) => fill.symbol === symbol)
    expect(Math.round(fills.reduce((sum, { fee }) => sum + Number(fee), 0) * 100)).toBe(fees)
    const shown = truth.map(({ ticket: { clientId } }) => Number(trading.view(clientId).fees))
    expect(Math.round(shown.reduce((sum, fee) => sum + fee, 0) * 100)).toBe(fees)
  }
  expect(changes).toBeGreaterThan(SCHEDULES / 4)
  expect(workspace.book.verify().verdict).toBe('verified-anchored')
})
