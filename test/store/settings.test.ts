import { describe, expect, it } from 'vitest'
import { exampleInstrument } from './example-decision.ts'
import { ACCOUNT, temporaryBook } from './temporary-shelf.ts'

const profile = (yaml: string, letter: string) => ({ name: 'mine', yaml, hash: letter.repeat(64) })

describe('settings', () => {
  it('come back as they were saved, also from the file', () => {
    const { book, shelf, path } = temporaryBook()
    const spec = exampleInstrument('ES', { assetClass: 'future', pointValue: '50', clusters: ['index', 'us'] })
    const strategy = { code: 'trend', budget: '0.2', fixedQuantity: null, method: null, enabled: false }
    const preset = {
      name: 'my broker',
      fingerprint: 'f',
      settings: { delimiter: ';', columns: [1, 2], header: true },
      at: 5,
    }
    book.saveInstrument(spec, 1)
    book.saveStrategy(strategy, 2)
    book.savePreset(preset)
    book.saveAccount({ ...ACCOUNT, name: 'Renamed', enabled: false }, 3)
    book.close()
    const again = shelf.open(path)
    expect(again.instruments()).toEqual([spec])
    expect(again.instrument('ES')).toEqual(spec)
    expect(again.instrument('NQ')).toBeUndefined()
    expect(again.strategies()).toEqual([strategy])
    expect(again.presets()).toEqual([preset])
    expect(again.accounts()).toEqual([{ ...ACCOUNT, name: 'Renamed', enabled: false }])
    expect(again.auditRows(2, 9).map((row) => [row.kind, row.at])).toEqual([
      ['instrument', 1],
      ['strategy', 2],
      ['account', 3],
    ])
    again.close()
  })

  it('let nobody change the currency of an account', () => {
    const { book } = temporaryBook()
    expect(() => book.saveAccount({ ...ACCOUNT, currency: 'EUR' }, 1)).toThrow(/currency of account main is USD/)
    expect(book.accounts()).toEqual([ACCOUNT])
  })

  it('number the versions of a profile; the last one saved is active', () => {
    const { book } = temporaryBook()
    expect(book.activeProfile()).toBeUndefined()
    expect(book.saveProfile(profile('a: 1', 'a'), 1).version).toBe(1)
    expect(book.saveProfile(profile('a: 1', 'a'), 2)).toMatchObject({ version: 1, at: 1 })
    expect(book.saveProfile(profile('a: 2', 'b'), 3).version).toBe(2)
    expect(book.saveProfile(profile('a: 1', 'a'), 4).version).toBe(3)
    expect(book.activeProfile()).toMatchObject({ version: 3, hash: 'a'.repeat(64) })
    expect(book.profileByHash('b'.repeat(64))?.version).toBe(2)
    expect(book.profileByHash('c'.repeat(64))).toBeUndefined()
    expect(book.profiles().map((saved) => saved.version)).toEqual([1, 2, 3])
  })

  it('move the version of the ledger with every change of it, decisions and presets apart', () => {
    const { book } = temporaryBook()
    const seen = [book.version()]
    const note = (): void => void seen.push(book.version())
    book.saveInstrument(exampleInstrument('AAPL'), 1)
    note()
    book.addMark({ symbol: 'AAPL', price: '1', at: 1, source: 'typed' })
    note()
    book.saveProfile(profile('a: 1', 'a'), 1)
    note()
    const last = seen.at(-1)
    book.savePreset({ name: 'p', fingerprint: 'f', settings: {}, at: 1 })
    expect(book.version()).toBe(last)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
  })

  it('are kept by key, audited with a sentence, and replaced by the next', () => {
    const { book, shelf, path } = temporaryBook()
    expect(book.setting('prop-firm:main')).toBeUndefined()
    const says = 'Account main runs under a program.'
    book.saveSetting({ key: 'prop-firm:main', value: { program: 'a' }, kind: 'limit', says }, 4)
    book.saveSetting({ key: 'prop-firm:main', value: { program: 'b', none: null }, kind: 'limit', says: 'Another.' }, 5)
    book.close()
    const again = shelf.open(path)
    expect(again.setting('prop-firm:main')).toEqual({
      key: 'prop-firm:main',
      value: { program: 'b', none: null },
      at: 5,
    })
    const [first] = again.auditRows(2, 1)
    expect([first?.kind, JSON.parse(first?.body ?? '')]).toEqual([
      'limit',
      { key: 'prop-firm:main', value: { program: 'a' }, says },
    ])
    again.close()
  })

  it('keep a profile for replay without putting it in force', () => {
    const { book } = temporaryBook()
    book.saveProfile(profile('schema: 1', 'a'), 1)
    const kept = book.saveProfile(profile('schema: 1 # own', 'b'), 2, false)
    expect(book.activeProfile()?.hash).toBe('a'.repeat(64))
    expect(book.profileByHash('b'.repeat(64))).toEqual(kept)
    expect(kept.version).toBe(2)
    expect(book.saveProfile(profile('schema: 1 # own', 'b'), 3, false)).toEqual(kept)
    expect(book.saveProfile(profile('schema: 1 # own', 'b'), 4).version).toBe(3)
    expect(book.activeProfile()?.hash).toBe('b'.repeat(64))
  })
})
