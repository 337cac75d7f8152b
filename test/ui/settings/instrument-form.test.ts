import { describe, expect, it } from 'vitest'
import type { Instrument } from '../../../src/contract/market.ts'
import { AccountForm, type AccountSource } from '../../../src/ui/settings/account-form.svelte.ts'
import { draftFaults, draftOf, instrumentOf, newDraft } from '../../../src/ui/settings/instrument-draft.ts'
import { assetClasses } from '../../../src/ui/settings/instrument-fields.ts'
import { Instruments, type InstrumentsSource } from '../../../src/ui/settings/instruments.svelte.ts'
import { refused } from './refused.ts'

const aFuture: Instrument = {
  symbol: 'MESZ6',
  name: 'Micro',
  assetClass: 'future',
  currency: 'USD',
  tickSize: '0.25',
  lotStep: '1',
  minQuantity: '1',
  maxQuantity: null,
  minNotional: null,
  pointValue: '5',
  contractSize: '5',
  tickValue: '1.25',
  clusters: ['us_index', 'equity'],
  shortable: true,
  enabled: true,
  restricted: false,
  calendar: 'futures',
  marginRate: '0.1',
  marginPerUnit: null,
  maxLeverageIntraday: null,
  maxLeverageOvernight: null,
  commissionPerUnit: '0.62',
  commissionRate: '0.00025',
  commissionMinimum: '0',
  spread: '0',
  slippageTicks: '2',
  optionDelta: null,
  optionStrike: null,
  optionUnderlying: null,
  optionRight: null,
  expires: '2026-12-18',
  source: 'exchange',
}

describe('an instrument in its form', () => {
  it('comes out as it went in', () => {
    expect(instrumentOf(draftOf(aFuture))).toEqual(aFuture)
    expect(draftOf(aFuture)).toMatchObject({ marginRate: '10', commissionRate: '0.025', clusters: 'us_index, equity' })
  })

  it('loses what its class does not have', () => {
    const draft = { ...draftOf(aFuture), assetClass: 'equity', optionStrike: '5' }
    expect(instrumentOf(draft)).toMatchObject({ assetClass: 'equity', optionStrike: null })
  })

  it('starts from its class and leaves open what only the contract can say', () => {
    for (const assetClass of assetClasses) {
      const faults = draftFaults({ ...newDraft(assetClass, 'USD'), symbol: 'X' })
      const open = { future: ['tickSize', 'pointValue'], cfd: ['pointValue'] } as Partial<Record<string, string[]>>
      const option = ['optionStrike', 'optionDelta', 'optionUnderlying']
      expect(Object.keys(faults).sort()).toEqual((assetClass === 'option' ? option : (open[assetClass] ?? [])).sort())
    }
  })

  it('names every wrong field at once', () => {
    const faults = draftFaults({
      ...draftOf(aFuture),
      tickSize: '0',
      lotStep: 'x',
      spread: '-1',
      commissionRate: '100',
    })
    expect(Object.keys(faults).sort()).toEqual(['commissionRate', 'lotStep', 'spread', 'tickSize'])
    expect(faults.tickSize).toContain('greater than 0')
  })

  it('is not left for another one while changes are not saved', async () => {
    const client = { market: { instruments: () => Promise.resolve([aFuture, { ...aFuture, symbol: 'ES' }]) } }
    const instruments = new Instruments({ client, account: undefined } as unknown as InstrumentsSource)
    await instruments.load()
    instruments.show('MESZ6')
    instruments.type('name', 'Other')
    instruments.show('ES')
    expect(instruments.selected).toBe('MESZ6')
    instruments.drop()
    instruments.show('ES')
    expect(instruments.selected).toBe('ES')
  })

  it('shows what the desk refused at its fields', async () => {
    const says = 'instrument.tickSize is 0. instrument.pointValue is missing.'
    const client = {
      market: {
        instruments: () => Promise.resolve([aFuture]),
        saveInstrument: () => Promise.reject(refused(says, 'instrument.tickSize')),
      },
    }
    const instruments = new Instruments({ client, account: undefined } as unknown as InstrumentsSource)
    await instruments.load()
    instruments.show('MESZ6')
    instruments.type('name', 'Other')
    expect(await instruments.save()).toBeUndefined()
    expect(instruments.faults).toEqual({
      tickSize: 'instrument.tickSize is 0.',
      pointValue: 'instrument.pointValue is missing.',
    })
  })
})

describe('money in and out', () => {
  it('leaves the account for a withdrawal, a fee and a tax, however it was typed', async () => {
    const booked: unknown[] = []
    const client = {
      account: {
        addCashFlow: (call: unknown) => {
          booked.push(call)
          return Promise.resolve({})
        },
      },
    }
    const desk = { client, account: undefined, timeZone: 'UTC', refreshAccount: () => Promise.resolve() }
    const form = new AccountForm(desk as unknown as AccountSource)
    for (const [flow, amount] of [
      ['withdrawal', '100'],
      ['fee', '-2.50'],
      ['deposit', '100'],
    ] as const) {
      form.flow = flow
      form.amount = amount
      form.date = flow === 'fee' ? '2026-08-01' : ''
      expect(await form.bookFlow()).toBe(true)
    }
    expect(booked).toEqual([
      { kind: 'withdrawal', amount: '-100', note: null },
      { kind: 'fee', amount: '-2.50', note: null, at: Date.UTC(2026, 7, 1) },
      { kind: 'deposit', amount: '100', note: null },
    ])
    expect(form.amount).toBe('')
  })
})
