import { describe, expect, it } from 'vitest'
import type { Scenario } from '../../../src/contract/simulation/kept.ts'
import { chooseLocale } from '../../../src/ui/format/number-locale.ts'
import { OddsForm, type OddsSource } from '../../../src/ui/simulate/odds-form.svelte.ts'
import { recordFacts } from '../../../src/ui/simulate/record-facts.ts'
import { Saved, type SavedSource } from '../../../src/ui/simulate/saved.svelte.ts'
import { SimulationForm } from '../../../src/ui/simulate/simulation-form.svelte.ts'
import { keepRequest } from '../../../src/ui/ticket/last-request.ts'
import { aRun } from './runs.ts'

chooseLocale('en-US')

/** A book that keeps scenarios by name. */
function keepingDesk() {
  const kept = new Map<string, { name: string; at: number }>()
  const client = {
    simulation: {
      scenarios: () => Promise.resolve([...kept.values()]),
      records: () => Promise.resolve([]),
      saveScenario: (scenario: { name: string }) => {
        const made = { ...scenario, at: 1 }
        kept.set(scenario.name, made)
        return Promise.resolve(made)
      },
      dropScenario: ({ name }: { name: string }) => {
        kept.delete(name)
        return Promise.resolve(null)
      },
    },
  }
  const form = new SimulationForm()
  return { kept, form, saved: new Saved({ client } as unknown as SavedSource, form) }
}

describe('scenarios', () => {
  it('are saved by name, loaded into the form, and dropped', async () => {
    const { saved, form, kept } = keepingDesk()
    await saved.save()
    expect(saved.refusal).toMatchObject({ field: 'name' })
    form.trades = '77'
    saved.name = ' slow  '
    await saved.save()
    expect([...kept.keys()]).toEqual(['slow'])
    form.trades = '5'
    const [scenario] = saved.scenarios ?? []
    if (scenario === undefined) throw new Error('nothing was saved')
    saved.use(scenario)
    expect(form.trades).toBe('77')
    await saved.drop(scenario)
    expect(saved.scenarios).toEqual([])
  })
})

it('a record tells its digest and its seed, and its inputs can be loaded again', () => {
  const { form, saved } = keepingDesk()
  const input = { ...form.run, seed: '42' }
  const record = { recordId: 'r', at: Date.UTC(2026, 0, 2), input, found: aRun(), says: '' }
  expect(recordFacts(record, 'UTC')).toEqual(
    expect.arrayContaining([
      { name: 'Digest', value: aRun().digest },
      { name: 'Seed', value: '1' },
      { name: 'Median final', value: '× 1.48' },
    ]),
  )
  saved.useRecord(record)
  expect(form.seed).toBe('42')
  expect(form.compares).toBe(false)
})

describe('what the screen has no field for', () => {
  const usual = { paths: 100, trades: 50, seed: 3, staking: { method: 'kelly', fraction: 0.5 } }
  const toss = { kind: 'winloss', p: 0.55, b: 1.2 } as const
  const assets = { kind: 'gaussian', mu: [0, 0], sigma: [0.01, 0.02], weights: [0.5, 0.5] } as const
  const load = (run: object, against?: object): string | undefined => {
    const { saved } = keepingDesk()
    saved.use({ name: 's', at: 1, run: { ...usual, ...run }, against } as unknown as Scenario)
    return saved.refusal?.says
  }

  it.each([
    ['a toss', { model: toss, floor: 0.8 }],
    ['R-multiples drawn one by one', { model: { kind: 'bootstrap', returns: [1, -1, 0.5] } }],
    ['blocks of the book', { model: { kind: 'book', trades: { filter: { strategy: 'x' }, last: 30 }, block: 'auto' } }],
    ['assets that are independent', { model: assets, budget: { megabytes: 64 } }],
  ])('is told only where there is something: not of %s', (_, run) => {
    expect(load(run)).toBeUndefined()
    expect(load(run, { method: 'fixed_fraction', fraction: '0.0100' })).toBeUndefined()
  })

  it.each([
    ['model.wins', { model: { ...toss, wins: [1.2, 1.3], losses: [1] } }],
    ['model.trades.filter.symbol', { model: { kind: 'book', block: 'auto', trades: { filter: { symbol: 'AAPL' } } } }],
    ['model.trades.days', { model: { kind: 'book', block: 'auto', trades: { days: 90 } } }],
    ['model.sigma', { model: { ...assets, sigma: [[0.01, 0], [0, 0.04]] } }], // prettier-ignore
    ['staking.fraction', { model: toss, staking: { method: 'kelly_trades', fraction: 0.3 } }],
    ['limit', { model: toss, target: 1.2, floor: 0.8 }],
  ])('is named instead of passed over: %s', (path, run) => {
    expect(load(run)).toContain(path)
    expect(load(run)).toContain('its answers are of another run')
  })
})

describe('the odds', () => {
  const decision = {
    riskAmount: '500',
    riskFraction: '0.004',
    quantity: '5',
    symbol: 'MES',
    currency: 'USD',
    says: 'ok',
  }
  function oddsDesk(own: { initial: string } | null, preview: unknown = decision) {
    const client = {
      propFirm: { programs: () => Promise.resolve([{ id: 'one', title: 'One' }]), get: () => Promise.resolve(own) },
      sizing: { preview: () => Promise.resolve(preview) },
    }
    const source = { client, book: { bookId: 'odds-book' } } as unknown as OddsSource
    return new OddsForm(source, new SimulationForm().model)
  }

  it('ask for the program of the account as it stands, or for a fresh account of another', async () => {
    const own = oddsDesk({ initial: '100000' })
    await own.load()
    expect(own.input).not.toHaveProperty('programId')
    expect(own.input).not.toHaveProperty('initial')
    const fresh = oddsDesk(null)
    await fresh.load()
    expect(fresh.input).toMatchObject({ programId: 'one', initial: '100000' })
    expect(fresh.input).not.toHaveProperty('order')
    fresh.riskPerTrade = '0.5'
    fresh.orderRisk = '0.25'
    expect(fresh.input).toMatchObject({ riskPerTrade: '0.005', order: { risk: '0.0025' } })
  })

  it('take the order of the ticket by what it loses at the stop, or say why there is none', async () => {
    const odds = oddsDesk({ initial: '50000' })
    await odds.load()
    await odds.takeTicket()
    expect(odds.ticketSays).toContain('no order yet')
    keepRequest('odds-book', { symbol: 'MES' })
    await odds.takeTicket()
    expect(odds.orderRisk).toBe('1')
    const none = oddsDesk(null, { ...decision, quantity: '0' })
    await none.takeTicket()
    expect(none.orderRisk).toBe('')
    expect(none.ticketSays).toContain('size of 0')
  })
})
