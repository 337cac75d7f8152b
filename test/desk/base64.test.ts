import fc from 'fast-check'
import { expect, it } from 'vitest'
import '../support/fixed-seed.ts'
import { base64Of, bytesOf } from '../../src/contract/base64.ts'
import { packMatrix, unpackMatrix } from '../../src/contract/matrix-codec.ts'

it('writes bytes as everybody does, and reads them back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const text = Buffer.from(bytes).toString('base64')
      expect(base64Of(bytes)).toBe(text)
      expect(bytesOf(text)).toEqual(bytes)
    }),
  )
  const long = Uint8Array.from({ length: 100_001 }, (_, at) => at % 251)
  expect(base64Of(long)).toBe(Buffer.from(long).toString('base64'))
})

it.each(['A', 'AAA', 'A===', '====', 'AA*A', 'AA A', 'AAÄA', 'A=AA'])('reads nothing from «%s»', (text) => {
  expect(bytesOf(text)).toBeUndefined()
})

it('unpacks no matrix of another size, or of letters that are none', () => {
  const packed = packMatrix([1, 0.5, 0.5, 1], 2)
  expect([...unpackMatrix(packed, 2, 1)]).toEqual([1, 0.5, 0.5, 1])
  expect(() => unpackMatrix(packed, 3, 1)).toThrow(RangeError)
  expect(() => unpackMatrix(`*${packed.slice(1)}`, 2, 1)).toThrow(RangeError)
})
