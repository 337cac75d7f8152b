import { describe, expect, it } from 'vitest'
import { readZip } from '../../src/importers/read-zip.ts'
import { readFile, surest } from './reading.ts'
import { hasSharedData, onRealFiles, sharedBytes, sharedNames } from './shared-data.ts'

const LEAN_BARS = sharedNames('lean').filter((name) => name.endsWith('.zip'))

describe.skipIf(!hasSharedData)(onRealFiles('real files'), () => {
  it('recognises each broker by its own layout', async () => {
    const recognised = await Promise.all(
      sharedNames('brokers').map(async (name) => [name, (await surest(name, sharedBytes(`brokers/${name}`)))?.id]),
    )
    expect(Object.fromEntries(recognised)).toEqual({
      'freetrade.csv': 'freetrade-csv',
      'ghostfolio_sample.csv': 'ghostfolio-csv',
      'ibkr_transaction_history.csv': 'ibkr-history-csv',
      'schwab_2023.csv': 'schwab-csv',
      'schwab_transactions.csv': 'schwab-csv',
      'trading212_2024.csv': 'trading212-csv',
    })
  })

  it.each([
    ['freetrade.csv', 13, 5],
    ['ghostfolio_sample.csv', 2, 2],
    ['ibkr_transaction_history.csv', 3, 8],
    ['schwab_2023.csv', 6, 1],
    ['schwab_transactions.csv', 10, 3],
    ['trading212_2024.csv', 2, 5],
  ])(
    'reads every row of %s as a fill, a cash flow or a skipped row with its reason',
    async (name, fills, cashFlows) => {
      const reading = await readFile(name, sharedBytes(`brokers/${name}`))
      expect(reading.fills).toHaveLength(fills)
      expect(reading.cashFlows).toHaveLength(cashFlows)
      const lines = new Set([...reading.fills, ...reading.cashFlows, ...reading.skipped].map((row) => row.line))
      expect(lines.size).toBe(reading.rows)
    },
  )

  it('adds up what Schwab says each trade moved, to a rounded cent per trade', async () => {
    const reading = await readFile('schwab_transactions.csv', sharedBytes('brokers/schwab_transactions.csv'))
    const amounts = reading.fills.map((fill) => {
      const value = Number(fill.quantity) * Number(fill.price)
      return (fill.side === 'buy' ? -value : value) - Number(fill.fee)
    })
    expect(amounts.map((amount) => amount.toFixed(1))).toEqual(
      ['-925.1', '2965', '-2885', '3219', '-120', '-2905', '1395', '-1355', '2595', '-2506'].map((amount) =>
        Number(amount).toFixed(1),
      ),
    )
  })

  it('keeps the order of a newest-first file within one day, so that nothing is sold before it was bought', async () => {
    const reading = await readFile('schwab_transactions.csv', sharedBytes('brokers/schwab_transactions.csv'))
    let held = 0
    for (const fill of [...reading.fills].sort((a, b) => a.at - b.at)) {
      held += fill.side === 'buy' ? Number(fill.quantity) : -Number(fill.quantity)
      expect(held).toBeGreaterThanOrEqual(0)
    }
  })

  it('reads the rate and the fee of a foreign share so that they give the stated total', async () => {
    const [buy] = (await readFile('trading212_2024.csv', sharedBytes('brokers/trading212_2024.csv'))).fills
    expect(buy).toMatchObject({
      symbol: 'FOO',
      currency: 'USD',
      fee: '4.71',
      feeCurrency: 'GBP',
      executionId: 'EOF999999099',
    })
    const total = Number(buy?.quantity) * Number(buy?.price) * Number(buy?.fxRate) + Number(buy?.fee)
    expect(total).toBeCloseTo(2381.35, 1)
  })

  it('tells every problem of a row at once', async () => {
    const { problems } = await readFile('ghostfolio_sample.csv', sharedBytes('brokers/ghostfolio_sample.csv'))
    expect(problems.map(({ line, column, severity }) => [line, column, severity])).toEqual([
      [6, 'Date', 'error'],
      [6, 'Quantity', 'error'],
    ])
  })

  it.each(LEAN_BARS)('reads %s as it comes, one bar per row', async (name) => {
    const reading = await readFile(name, sharedBytes(`lean/${name}`))
    expect(reading.bars.length).toBe(reading.rows)
    expect(reading.bars.every(({ bar }) => bar.interval === '1d' && bar.at % 86_400_000 === 0)).toBe(true)
    expect(reading.problems.filter(({ severity }) => severity !== 'warning')).toEqual([])
  })

  it('reads LEAN equities in ten-thousandths and says so', async () => {
    const reading = await readFile('equity_usa_daily_aapl.zip', sharedBytes('lean/equity_usa_daily_aapl.zip'))
    expect(reading.bars[0]?.bar).toEqual({
      symbol: 'AAPL',
      interval: '1d',
      at: Date.UTC(1998, 0, 2),
      open: '13.63',
      high: '16.25',
      low: '13.5',
      close: '16.25',
      volume: '6315000',
    })
    expect(reading.bars.at(-1)?.bar).toMatchObject({ at: Date.UTC(2021, 2, 31), close: '122.15' })
    expect(reading.instruments).toMatchObject([{ symbol: 'AAPL', assetClass: 'equity', currency: 'USD' }])
    expect(reading.problems.find(({ setting }) => setting === 'priceScale')?.says).toContain('136300 is read as 13.63')
  })

  it('reads the unpacked table of a LEAN package as it reads the package', async () => {
    const packed = sharedBytes('lean/equity_usa_daily_aapl.zip')
    const entries = await readZip(packed)
    if (!entries.ok) throw new Error(entries.error)
    const [entry] = entries.value
    expect(entry?.name).toBe('aapl.csv')
    const content = await entry?.unpack()
    if (content?.ok !== true) throw new Error('not unpacked')
    const unpacked = await readFile('aapl.csv', content.value)
    expect(unpacked.bars).toEqual((await readFile('equity_usa_daily_aapl.zip', packed)).bars)
    expect(unpacked.instruments).toMatchObject([{ symbol: 'AAPL', currency: 'EUR' }])
    expect(unpacked.problems.find(({ setting }) => setting === 'currency')?.severity).toBe('warning')
  })

  it('reads LEAN crypto without scaling, and quote bars as the middle of bid and ask', async () => {
    const crypto = await readFile(
      'crypto_coinbase_daily_btcusd_trade.zip',
      sharedBytes('lean/crypto_coinbase_daily_btcusd_trade.zip'),
    )
    expect(crypto.bars[0]?.bar).toMatchObject({ symbol: 'BTCUSD', open: '300', high: '370', volume: '0.05655554' })
    expect(crypto.instruments[0]).toMatchObject({ assetClass: 'crypto', currency: 'USD', clusters: ['crypto_major'] })
    const fx = await readFile('forex_oanda_daily_eurusd.zip', sharedBytes('lean/forex_oanda_daily_eurusd.zip'))
    expect(fx.bars[0]?.bar).toMatchObject({
      symbol: 'EURUSD',
      open: '1.31977',
      high: '1.32175',
      low: '1.3192',
      close: '1.32145',
    })
    expect(fx.instruments[0]).toMatchObject({ assetClass: 'fx', currency: 'USD', calendar: 'fx' })
  })

  it('reads bars with an unnamed date column, and takes the symbol from the name', async () => {
    const reading = await readFile('backtesting_GOOG.csv', sharedBytes('backtesting_GOOG.csv'))
    expect(reading.bars).toHaveLength(2148)
    expect(reading.bars.at(-1)?.bar).toMatchObject({ symbol: 'GOOG', close: '806.19', volume: '2175400' })
  })

  it('asks for the symbol where no name shows it, and reads nothing until it is told', async () => {
    const bytes = sharedBytes('vega_sp500-2000.csv')
    const asked = await readFile('vega_sp500-2000.csv', bytes)
    expect(asked.bars).toEqual([])
    expect(asked.problems).toMatchObject([{ severity: 'question', setting: 'symbol' }])
    expect((await readFile('vega_sp500-2000.csv', bytes, { symbol: 'SPX' })).bars).toHaveLength(5105)
  })

  it('reads a wide table as closes per symbol and leaves gaps out', async () => {
    const bytes = sharedBytes('pypfopt_stock_prices.csv')
    const reading = await readFile('pypfopt_stock_prices.csv', bytes)
    const cells = new TextDecoder().decode(bytes).trim().split('\n').slice(1)
    const filled = cells.flatMap((row) => row.split(',').slice(1)).filter((cell) => cell !== '')
    expect(reading.bars.map(({ bar }) => bar.close)).toHaveLength(filled.length)
    expect(new Set(reading.bars.map(({ bar }) => bar.symbol)).size).toBe(20)
    expect(reading.notes.join(' ')).toContain('35589 empty cells')
  })

  it('unpacks .gz', async () => {
    expect(
      (await readFile('skfolio_sp500_dataset.csv.gz', sharedBytes('skfolio_sp500_dataset.csv.gz'))).bars,
    ).toHaveLength(166_260)
  })

  it('does not take returns for prices', async () => {
    await expect(readFile('edhec.csv', sharedBytes('perfanalytics_edhec.csv'))).rejects.toThrow('look like returns')
    expect(await surest('cov.csv', sharedBytes('pypfopt_cov_matrix.csv'))).toBeUndefined()
  })

  it.each(sharedNames('ibflex'))('reads %s with every row used or skipped for a reason', async (name) => {
    const reading = await readFile(name, sharedBytes(`ibflex/${name}`))
    expect(reading.problems.filter(({ severity }) => severity !== 'warning')).toEqual([])
    const totals = [
      ...new TextDecoder()
        .decode(sharedBytes(`ibflex/${name}`))
        .matchAll(/<(?:SecurityInfo|CashReportCurrency|FIFOPerformanceSummaryUnderlying) /g),
    ]
    const read = reading.fills.length + reading.cashFlows.length + reading.marks.length + reading.rates.length
    expect(read + reading.skipped.length + totals.length).toBe(reading.rows)
  })

  it('reads Flex options with their terms', async () => {
    const { instruments } = await readFile('f.xml', sharedBytes('ibflex/testIBFlexStatementFile01.xml'))
    expect(instruments.find(({ assetClass }) => assetClass === 'option')).toMatchObject({
      symbol: 'FB 180921C00200000',
      pointValue: '100',
      optionStrike: '200',
      optionRight: 'call',
      expires: '2018-09-21',
    })
  })
})
