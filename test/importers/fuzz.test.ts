import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openFile } from '../../src/importers/open-file.ts'
import { importFormats } from '../../src/importers/registry.ts'
import { bytesOf, context } from './reading.ts'
import { hasSharedData, onRealFiles, sharedBytes } from './shared-data.ts'

/** Puts a file through every format: each answers with a reading or one sentence, and never throws. */
async function survive(name: string, bytes: Uint8Array): Promise<void> {
  const opened = await openFile(name, bytes)
  if (!opened.ok) {
    expect(opened.error).toMatch(/^.{10,400}[.]$/s)
    return
  }
  for (const format of importFormats) {
    const { settings } = format.recognise(opened.value, context)
    for (const wanted of [{}, settings]) {
      const read = format.read(opened.value, wanted, context)
      if (!read.ok) expect(read.error).toMatch(/^.{10,400}[.]$/s)
      else expect(read.value.rows).toBeGreaterThanOrEqual(0)
    }
  }
}

describe('fuzz', () => {
  it('ends in a reading or a sentence for any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 400 }),
        fc.constantFrom('a.csv', 'a.xml', 'a.zip', 'a.gz'),
        (bytes, name) => survive(name, bytes),
      ),
      { numRuns: 500 },
    )
  })

  it('ends in a reading or a sentence for any text of separators, digits and tags', async () => {
    const unit = fc.constantFrom(
      ',',
      ';',
      '"',
      '\n',
      '\r',
      '\t',
      '.',
      '-',
      '1',
      '2024-01-02',
      'Date',
      'Close',
      'Symbol',
      'Quantity',
      'Price',
      ' ',
      '<',
      '>',
      '/',
      '=',
      '&',
      'Trade',
      '<FlexQueryResponse>',
      '\ufeff',
      '𝟘',
      '0'.repeat(40),
    )
    await fc.assert(
      fc.asyncProperty(fc.string({ unit, maxLength: 120 }), fc.constantFrom('a.csv', 'a.xml'), (text, name) =>
        survive(name, bytesOf(text)),
      ),
      { numRuns: 1000 },
    )
  })

  it.skipIf(!hasSharedData)(
    onRealFiles('ends in a reading or a sentence for real files cut short or with bytes changed'),
    async () => {
      const files = [
        'brokers/schwab_2023.csv',
        'brokers/trading212_2024.csv',
        'brokers/ibkr_transaction_history.csv',
        'ibflex/testIBFlexStatementFile28.xml',
        'ibflex/testIBFlexStatementFile05.xml',
      ]
      const whole = files.map((path) => ({ name: path.split('/')[1] ?? '', bytes: sharedBytes(path) }))
      const change = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 })
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...whole), fc.nat(), change, async (file, cut, changes) => {
          const bytes = file.bytes.slice(0, changes.length === 0 ? cut % file.bytes.length : undefined)
          for (const [at, value] of changes) bytes[at % bytes.length] = value
          await survive(file.name, bytes)
        }),
        { numRuns: 300 },
      )
      const packed = sharedBytes('lean/crypto_coinbase_daily_btcusd_trade.zip')
      for (let cut = 0; cut < packed.length; cut += 997)
        expect((await openFile('a.zip', packed.subarray(0, cut))).ok).toBe(false)
    },
  )
})
