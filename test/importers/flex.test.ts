import { describe, expect, it } from 'vitest'
import { readFile } from './reading.ts'

describe('a Flex statement', () => {
  it('never counts a Flex row twice, whatever level it is of', async () => {
    const row = (level: string): string =>
      `<Trade assetCategory="STK" symbol="A" currency="USD" dateTime="20240102;100000" quantity="1" tradePrice="2" transactionID="7" levelOfDetail="${level}" odd="1"/>`
    const text = `<FlexQueryResponse><FlexStatements><FlexStatement accountId="U1"><Trades>${['EXECUTION', 'ORDER', 'CLOSED_LOT', 'SYMBOL_SUMMARY'].map(row).join('\n')}</Trades></FlexStatement></FlexStatements></FlexQueryResponse>`
    const reading = await readFile('f.xml', text)
    expect(reading.fills).toHaveLength(1)
    expect(reading.skipped).toHaveLength(3)
    expect(reading.problems.filter(({ column }) => column === 'odd')).toHaveLength(1)
  })

  it('asks which account of a statement of several is meant', async () => {
    const statement = (id: string): string =>
      `<FlexStatement accountId="${id}"><CashTransactions><CashTransaction currency="USD" dateTime="20240102" amount="5" type="Dividends" transactionID="${id}"/></CashTransactions></FlexStatement>`
    const text = `<FlexQueryResponse><FlexStatements>${statement('U1')}${statement('U2')}</FlexStatements></FlexQueryResponse>`
    expect((await readFile('f.xml', text)).problems).toMatchObject([
      { severity: 'question', setting: 'sourceAccount', choices: ['U1', 'U2'] },
      {},
    ])
    expect((await readFile('f.xml', text, { sourceAccount: 'U2' })).cashFlows).toMatchObject([{ sourceId: 'U2' }])
  })
})
