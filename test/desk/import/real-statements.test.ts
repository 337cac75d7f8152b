import { describe, expect, it } from 'vitest'
import { hasSharedData, onRealFiles, sharedBytes } from '../../importers/shared-data.ts'
import { commit, importNow, look, temporaryRoom } from './temporary-room.ts'

describe.skipIf(!hasSharedData)(onRealFiles('importing real IBKR Flex statements'), () => {
  const february = 'testIBFlexStatementFile14.xml'
  const march = 'testIBFlexStatementFile17.xml'
  const bytes = (name: string): Uint8Array => sharedBytes(`ibflex/${name}`)

  it('books every execution of a month, and fees and cash agree with the statement to the last digit', async () => {
    const room = temporaryRoom({ currency: 'CHF', timeZone: 'Europe/Zurich' })
    const looked = await look(room, february, bytes(february))
    expect(looked.preview.kinds).toEqual([
      { kind: 'fills', found: 8, fresh: 8, known: 0 },
      { kind: 'cashFlows', found: 2, fresh: 2, known: 0 },
      { kind: 'rates', found: 720, fresh: 720, known: 0 },
    ])
    const checks = new Map(looked.preview.statement.map((check) => [check.what, check]))
    for (const what of ['Change of cash CHF', 'Change of cash USD', 'Commissions CHF', 'Commissions USD']) {
      expect(checks.get(what), what).toMatchObject({ matches: true })
    }
    expect(checks.get('Commissions CHF')?.computed).toBe('10.566382')
    expect(checks.get('Commissions USD')?.computed).toBe('1.412029')
    expect(
      looked.preview.effect.symbols.map(({ symbol, fills, quantityAfter }) => [symbol, fills, quantityAfter]),
    ).toEqual([
      ['CHF.USD', 2, '-2435'],
      ['CHSPIz', 2, '4'],
      ['VTI', 2, '10'],
      ['VXUS', 2, '10'],
    ])
    const fees = Object.fromEntries(looked.preview.effect.symbols.map(({ symbol, feesAfter }) => [symbol, feesAfter]))
    expect(fees).toEqual({
      'CHF.USD': [{ currency: 'CHF', amount: '3.72402' }],
      CHSPIz: [{ currency: 'CHF', amount: '6.842362' }],
      VTI: [{ currency: 'USD', amount: '0.7175145' }],
      VXUS: [{ currency: 'USD', amount: '0.6945145' }],
    })
    for (const { symbol, currency, realisedAfter } of looked.preview.effect.symbols) {
      expect(realisedAfter).toBe('0')
      expect(checks.get(`Realised profit of ${symbol} in ${currency}`)).toMatchObject({ statement: '0', matches: true })
    }
    const done = await commit(room, looked)
    expect(done).toMatchObject({
      added: { fills: 8, cashFlows: 2, rates: 720, instruments: 4 },
      skipped: 0,
      conflicts: [],
    })
    expect(room.book.fills('main')).toHaveLength(8)
  })

  it('says what the account held before the statement is not in the book', async () => {
    const room = temporaryRoom({ currency: 'CHF' })
    const { preview } = await look(room, february, bytes(february))
    const closing = preview.statement.find((check) => check.what === 'Cash USD at the end')
    expect(closing).toMatchObject({ statement: '88.829543578', computed: '32.509221', matches: false })
    expect(closing?.says).toContain('a difference of -56.32')
  })

  it('books fees, taxes and prices of a statement without trades, and lists every other row with its reason', async () => {
    const room = temporaryRoom({ currency: 'USD' })
    const looked = await look(room, march, bytes(march))
    expect(looked.preview.kinds.map(({ kind, found }) => [kind, found])).toEqual([
      ['cashFlows', 6],
      ['marks', 13],
    ])
    const checks = new Map(looked.preview.statement.map((check) => [check.what, check]))
    expect(checks.get('Change of cash USD')).toMatchObject({ statement: '-5.4', computed: '-5.4', matches: true })
    const rows = new TextDecoder().decode(bytes(march))
    const elements = [...rows.matchAll(/<([A-Z]\w*) [^>]*\/>/gi)].map((match) => match[1])
    const used = new Set([
      'CashTransaction',
      'SalesTax',
      'SecurityInfo',
      'OpenPosition',
      'CashReportCurrency',
      'AccountInformation',
      'FIFOPerformanceSummaryUnderlying',
    ])
    expect(looked.preview.skippedCount).toBe(elements.filter((name) => !used.has(name ?? '')).length)
    expect(looked.preview.skipped.every(({ line, says }) => line > 0 && says.length > 20)).toBe(true)
    expect(await commit(room, looked)).toMatchObject({ added: { cashFlows: 6, marks: 13 }, conflicts: [] })
    expect(room.book.lastMark('AMC', Date.UTC(2023, 2, 4))).toMatchObject({ price: '6.1', source: 'statement' })
  })

  it.each([february, march])('adds nothing when %s is imported a second time', async (name) => {
    const room = temporaryRoom({ currency: name === february ? 'CHF' : 'USD' })
    await importNow(room, name, bytes(name))
    const again = await look(room, name, bytes(name))
    expect(again.preview.counts).toMatchObject({ fresh: 0, conflicts: 0 })
    expect(again.preview.committable).toBe(false)
    await expect(commit(room, again)).rejects.toThrow('in the book already')
  })

  it('takes a cancelled execution back when an earlier statement had brought it', async () => {
    const room = temporaryRoom({ currency: 'USD' })
    const name = 'testIBFlexStatementFile28.xml'
    const text = new TextDecoder().decode(bytes(name))
    const first = text.replace(/<Trade [^>]*(?:TradeCancel|4610738885)[^>]*\/>/g, '')
    await importNow(room, 'september-11.xml', first)
    expect(room.book.holdings('main', room.clock.now).map((holding) => holding.quantity)).toEqual(['-1143.28313142'])
    await importNow(room, name, text)
    expect(room.book.holdings('main', room.clock.now).map((holding) => holding.quantity)).toEqual(['-1145.929445'])
    expect((await look(room, name, text)).preview.counts.fresh).toBe(0)
  })
})
