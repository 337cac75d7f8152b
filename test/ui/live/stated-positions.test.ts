import { describe, expect, it } from 'vitest'
import { readStated } from '../../../src/ui/live/stated-positions.ts'

const rows = (text: string): readonly (readonly string[])[] => {
  const { rows: read, faults } = readStated(text)
  expect(faults).toEqual([])
  return read.map(({ symbol, quantity }) => [symbol, quantity])
}

describe('a pasted list of positions', () => {
  it('is a symbol and a quantity a line, with tabs, semicolons, commas or spaces between', () => {
    for (const mark of ['\t', ';', ',', ', ', '  '])
      expect(rows(`AAPL${mark}100\r\n\nMSFT${mark}-50.5\n`)).toEqual([
        ['AAPL', '100'],
        ['MSFT', '-50.5'],
      ])
  })

  it('is read by its titles where it has them, and a short side makes a quantity negative', () => {
    expect(rows('Side\tSymbol\tAvg\tQty\nShort\tES\t5012.25\t3\nLong\tNQ\t18000\t1')).toEqual([
      ['ES', '-3'],
      ['NQ', '1'],
    ])
    expect(rows('ES;3;short\nNQ;1;buy\nYM;-2;short\nRTY;0;short')).toEqual([
      ['ES', '-3'],
      ['NQ', '1'],
      ['YM', '-2'],
      ['RTY', '0'],
    ])
  })

  it('keeps the comma of a number inside quotes', () => {
    expect(rows('AAPL,"1,250.5"')).toEqual([['AAPL', '1250.5']])
  })

  it('names each line that it does not understand, and guesses nothing', () => {
    const { faults } = readStated('AAPL\t100\t5\t7\nMSFT\t\nTSLA\tmany\nNVDA\t5\tflat\n\t9')
    expect(faults).toHaveLength(5)
    expect(faults[0]).toContain('Line 1:')
    expect(faults[1]).toBe('Line 2: “MSFT” is not a symbol and a quantity; put titles above more columns.')
    expect(faults[2]).toContain('Line 3: the quantity of TSLA')
  })
})
