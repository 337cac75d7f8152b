import { describe, expect, it } from 'vitest'
import { KeptValues } from '../../src/desk/kept-values.ts'

describe('values derived from the ledger', () => {
  it('are derived once for a version, and anew for the next', () => {
    const kept = new KeptValues()
    let derived = 0
    const read = (version: number): number => kept.of(version, 'key', () => (derived += 1))
    expect([read(1), read(1), read(2), read(2)]).toEqual([1, 1, 2, 2])
    kept.forget()
    expect(read(2)).toBe(3)
  })

  it('of an instant are kept for the newest instants alone, however long a clock goes on', () => {
    const kept = new KeptValues()
    const derived: number[] = []
    const read = (at: number, version = 1): number => kept.at(version, 'account', at, () => derived.push(at) && at)
    kept.of(1, 'terms', () => 'kept')
    for (let at = 1; at <= 10_000; at += 1) expect(read(at)).toBe(at)
    derived.length = 0
    expect([read(9_999), read(10_000)]).toEqual([9_999, 10_000])
    expect(derived).toEqual([])
    read(5_000)
    expect(derived).toEqual([5_000])
    expect(kept.of(1, 'terms', () => 'derived again')).toBe('kept')
    expect(read(10_000, 2)).toBe(10_000)
    expect(derived).toEqual([5_000, 10_000])
  })
})
