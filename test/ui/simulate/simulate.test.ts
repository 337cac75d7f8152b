import { describe, expect, it } from 'vitest'
import { chooseLocale } from '../../../src/ui/format/number-locale.ts'
import { handDesk, refusal, settle } from './hand-desk.ts'
import { aComparison, aCurve, aRun, aSource } from './runs.ts'

chooseLocale('en-US')

describe('a live answer', () => {
  it('comes at once with 2,000 paths, both policies together, and nothing kept', async () => {
    const { screen, last } = await handDesk()
    expect(last('compare').input).toMatchObject({ paths: 2000, startingEquity: '119515.51' })
    expect(last('compare').input).not.toHaveProperty('record')
    last('compare').result(aComparison())
    await settle()
    expect(screen.shown).toMatchObject({ how: 'live', a: { paths: 2000 } })
    expect(last('curve').input).toMatchObject({ paths: 2000, points: 20 })
    last('curve').result(aCurve())
    await settle()
    expect(screen.curve?.recommended.fraction).toBe(0.01)
  })

  it('does not search the fraction again while only a policy changes', async () => {
    const { screen, streams, last } = await handDesk()
    last('compare').result(aComparison())
    await settle()
    last('curve').result(aCurve())
    await settle()
    screen.form.a.fraction = '60'
    screen.live()
    await settle()
    last('compare').result(aComparison())
    await settle()
    expect(streams.filter(({ name }) => name === 'curve')).toHaveLength(1)
    screen.form.trades = '200'
    screen.live()
    await settle()
    last('compare').result(aComparison())
    await settle()
    expect(streams.filter(({ name }) => name === 'curve')).toHaveLength(2)
  })

  it('keeps the earlier picture and says so where the desk refuses or a field is wrong', async () => {
    const { screen, streams, last } = await handDesk()
    last('compare').result(aComparison())
    await settle()
    last('curve').result(aCurve())
    await settle()
    screen.form.ruin = '120'
    screen.live()
    await settle()
    expect(streams).toHaveLength(2)
    expect(screen.isStale).toBe(true)
    screen.form.ruin = '30'
    screen.live()
    await settle()
    last('compare').end(refusal('floor is odd.', 'floor'))
    await settle()
    expect(screen.refused.run).toEqual({ ruin: 'floor is odd.' })
    expect(screen.isStale).toBe(true)
    screen.live()
    await settle()
    last('compare').result(aComparison())
    await settle()
    expect(screen.isStale).toBe(false)
  })

  it('of a stream that ends without a result is a refusal, not a picture', async () => {
    const { screen, last } = await handDesk()
    last('compare').progress(1, 2)
    last('compare').end()
    await settle()
    expect(screen.shown).toBeUndefined()
    expect(screen.refusal?.says).toContain('ended without a result')
  })

  it('begins by hand where the book has no trades to draw from', async () => {
    const { screen } = await handDesk(aSource({ missing: 'No closed trade has a stop.' }))
    expect(screen.form.model.source).toBe('hand')
  })

  it('begins by hand also where the book changed while that was asked', async () => {
    const { screen } = await handDesk(aSource({ missing: 'No closed trade has a stop.' }), [1, 2])
    expect(screen.form.model.source).toBe('hand')
  })
})

describe('a full run', () => {
  it('is kept, and shown only when all of it is there', async () => {
    const { screen, streams, last } = await handDesk()
    last('compare').result(aComparison())
    await settle()
    const live = screen.shown
    void screen.runAll()
    await settle()
    expect(last('compare').input).toMatchObject({ paths: '10000', record: true })
    last('compare').progress(300, 10_000)
    await settle()
    expect(screen.stage).toEqual({ says: 'Paths', done: 300, of: 10_000 })
    expect(screen.shown).toBe(live)
    last('compare').result({ ...aComparison(), a: aRun({ paths: 10_000, recordId: 'r1' }) })
    await settle()
    // Nothing is simulated a second time to be kept.
    expect(streams.filter(({ name }) => name === 'run')).toEqual([])
    expect(screen.shown).toMatchObject({ how: 'full', recordId: 'r1' })
    last('curve').result(aCurve())
    await settle()
    expect(screen.stage).toBeUndefined()
  })

  it('that is cancelled leaves what was shown, says so, and tells the desk', async () => {
    const { screen, streams, last } = await handDesk()
    last('compare').result(aComparison())
    await settle()
    const live = screen.shown
    void screen.runAll()
    await settle()
    last('compare').progress(300, 10_000)
    screen.cancel()
    expect(last('compare').signal.aborted).toBe(true)
    expect(streams.filter(({ name }) => name === 'run')).toHaveLength(0)
    await settle()
    expect(screen.shown).toBe(live)
    expect(screen.left).toContain('cancelled')
    expect(screen.stage).toBeUndefined()
    expect(screen.refusal).toBeUndefined()
  })

  it('is stopped when its inputs change: its answer would be to another question', async () => {
    const { screen, last } = await handDesk()
    last('compare').result(aComparison())
    await settle()
    void screen.runAll()
    await settle()
    const full = last('compare')
    screen.form.trades = '50'
    screen.live()
    expect(full.signal.aborted).toBe(true)
    await settle()
    expect(screen.stage).toBeUndefined()
    expect(last('compare').input).toMatchObject({ trades: '50', paths: 2000 })
  })

  it('of the same inputs is neither stopped nor replaced when the screen is shown again or a decision is recorded', async () => {
    const { screen, streams, last } = await handDesk()
    last('compare').result(aComparison())
    await settle()
    last('curve').result(aCurve())
    await settle()
    void screen.runAll()
    await settle()
    screen.live()
    screen.follow(2)
    await settle()
    expect(last('compare').signal.aborted).toBe(false)
    last('compare').result({ ...aComparison(), a: aRun({ recordId: 'r2' }) })
    await settle()
    screen.live()
    last('curve').result(aCurve())
    await settle()
    expect(screen.shown).toMatchObject({ how: 'full', recordId: 'r2' })
    expect(streams).toHaveLength(4)
  })

  it('whose search is cancelled stays, and says that it is kept', async () => {
    const { screen, last } = await handDesk()
    last('compare').result(aComparison())
    await settle()
    void screen.runAll()
    await settle()
    last('compare').result({ ...aComparison(), a: aRun({ recordId: 'r3' }) })
    await settle()
    screen.cancel()
    await settle()
    expect(screen.shown).toMatchObject({ how: 'full', recordId: 'r3' })
    expect(screen.left).toContain('whole and kept')
  })

  it('takes the recommended fraction as policy A', async () => {
    const { screen, last } = await handDesk()
    last('compare').result(aComparison())
    await settle()
    last('curve').result(aCurve())
    await settle()
    screen.takeRecommended()
    expect(screen.form.a.input).toEqual({ method: 'fixed_fraction', fraction: '0.01' })
  })
})
