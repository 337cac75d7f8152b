import { describe, expect, it } from 'vitest'
import { ReconcileForm, type ReconcileSource } from '../../../src/ui/live/reconcile-form.svelte.ts'

/** A desk that holds 100 of a share for two strategies, and keeps what it is told. */
function aDesk() {
  const stated: unknown[] = []
  const trading = {
    positions: () =>
      Promise.resolve([
        { symbol: 'AAPL', quantity: '120' },
        { symbol: 'AAPL', quantity: '-20' },
        { symbol: 'MSFT', quantity: '-5' },
      ]),
    reconciliations: () => Promise.resolve(stated.map((_, at) => ({ at, agrees: true, differences: [], says: '' }))),
    reconcile: (one: unknown) => {
      stated.push(one)
      return Promise.resolve({ agrees: true, differences: [], says: 'They agree.' })
    },
  }
  return { stated, form: new ReconcileForm({ client: { trading } } as unknown as ReconcileSource) }
}

const linesOf = ({ lines }: ReconcileForm) => lines.map(({ symbol, quantity }) => [symbol, quantity])

describe('stating what a terminal shows', () => {
  it('begins with a line for each symbol that is held, its quantity to be typed', async () => {
    const { form } = aDesk()
    await form.show()
    expect(linesOf(form)).toEqual([
      ['AAPL', ''],
      ['MSFT', ''],
    ])
    expect(form.isReady).toBe(false)
    await form.asHere()
    expect(linesOf(form)).toEqual([
      ['AAPL', '100'],
      ['MSFT', '-5'],
    ])
  })

  it('compares nothing before it is said that this is all there is', async () => {
    const { form, stated } = aDesk()
    await form.show()
    await form.asHere()
    await form.compare()
    expect(stated).toEqual([])
    form.complete = true
    await form.compare()
    expect(stated).toEqual([
      {
        complete: true,
        positions: [
          { symbol: 'AAPL', quantity: '100' },
          { symbol: 'MSFT', quantity: '-5' },
        ],
      },
    ])
    expect([form.found?.says, form.past.length]).toEqual(['They agree.', 1])
  })

  it('takes a pasted list whole, or leaves the lines as they are and says why', async () => {
    const { form } = aDesk()
    await form.show()
    form.pasted = 'ES\t2\nNQ\tmany'
    form.takePaste()
    expect([linesOf(form).length, form.faults.length]).toEqual([2, 1])
    form.pasted = 'ES\t2\nNQ\t-1\nYM\t0'
    form.takePaste()
    expect(linesOf(form)).toEqual([
      ['ES', '2'],
      ['NQ', '-1'],
      ['YM', '0'],
    ])
  })
})
