import { describe, expect, it } from 'vitest'
import { readFile } from './reading.ts'

describe('a table of closed trades', () => {
  it('takes stated profits as net, unless they are what the prices give before fees', async () => {
    const header = 'Entry time,Exit time,Symbol,Side,Qty,Entry price,Exit price,Profit,Fees,Currency,Stop\n'
    const row = (profit: string): string =>
      `2024-01-02 10:00,2024-01-03 11:00,AAPL,short,10,100,90,${profit},2,USD,105\n`
    expect((await readFile('t.csv', header + row('98'))).trades).toMatchObject([
      { side: 'short', profit: '98', fees: '2', stop: '105' },
    ])
    expect((await readFile('t.csv', header + row('100'))).trades).toMatchObject([{ profit: '98' }])
    expect((await readFile('t.csv', header.replace('Profit', 'x') + row(''))).trades).toMatchObject([{ profit: '98' }])
  })

  it('refuses a trade that ends before it begins', async () => {
    const text = 'Entry time,Exit time,Symbol,Qty,Entry price,Exit price\n2024-01-03,2024-01-02,AAPL,10,100,90\n'
    expect((await readFile('t.csv', text)).problems.at(-1)).toMatchObject({ line: 2, severity: 'error' })
  })
})
