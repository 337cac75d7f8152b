import fs from 'node:fs'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { exampleDecision } from '../store/example-decision.ts'
import { temporaryBook } from '../store/temporary-shelf.ts'

const failure = (code: string, syscall: string): Error =>
  Object.assign(new Error(`${code}: ${syscall}`), { code, syscall })

afterEach(() => vi.restoreAllMocks())

describe('a journal that cannot be written', () => {
  it.each([
    ['ENOSPC', 'STORE_FULL'],
    ['EIO', 'STORE_IO'],
  ])('acknowledges nothing and ends all writing until the book is reopened: %s', (code, fault) => {
    const { book, shelf, path } = temporaryBook()
    book.recordDecision(exampleDecision(1))
    vi.spyOn(fs, 'writeSync').mockImplementation(() => {
      throw failure(code, 'write')
    })
    const refusal = expect.objectContaining({ code: fault }) as Error
    expect(() => book.recordDecision(exampleDecision(2))).toThrow(refusal)
    vi.restoreAllMocks()
    expect(() => book.recordDecision(exampleDecision(3))).toThrow(refusal)
    expect(() => book.addMark({ symbol: 'AAPL', price: '1', at: 1, source: 'typed' })).toThrow(refusal)
    book.close()
    const again = shelf.open(path)
    expect(again.verify().verdict).toBe('verified-anchored')
    expect(again.decisions({ limit: 9 }).rows.map((row) => row.decisionId)).toEqual(
      [2, 1].map((n) => exampleDecision(n).decisionId),
    )
    again.recordDecision(exampleDecision(3))
    again.close()
  })

  it('is written whole where the system takes it in pieces', () => {
    const { book } = temporaryBook()
    const whole = fs.writeSync.bind(fs) as (
      file: number,
      bytes: Buffer,
      from: number,
      length: number,
      at: number,
    ) => number
    const pieces = (file: number, bytes: Buffer, from: number, length: number, at: number): number =>
      whole(file, bytes, from, Math.min(length, 1_000), at)
    vi.spyOn(fs, 'writeSync').mockImplementation(pieces as unknown as typeof fs.writeSync)
    book.recordDecision(exampleDecision(1))
    vi.restoreAllMocks()
    book.recordDecision(exampleDecision(2))
    expect(book.verify()).toMatchObject({ verdict: 'verified-anchored', rows: 3 })
  })

  it('that cannot be flushed stops the next write', () => {
    const { book } = temporaryBook()
    vi.spyOn(fs, 'fdatasync').mockImplementation((_file, done) => done(failure('EIO', 'fdatasync')))
    book.recordDecision(exampleDecision(1))
    book.settle()
    expect(() => book.recordDecision(exampleDecision(2))).toThrow(expect.objectContaining({ code: 'STORE_IO' }))
  })
})
