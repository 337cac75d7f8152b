import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RunInput } from '../../../src/contract/simulation/input.ts'
import { chooseLocale } from '../../../src/ui/format/number-locale.ts'
import { wrongWith } from '../../../src/ui/simulate/field-checks.ts'
import { fractionOf, grownBy, leftOf, percentOf } from '../../../src/ui/simulate/figures.ts'
import { readList } from '../../../src/ui/simulate/read-list.ts'
import { placeRefusal } from '../../../src/ui/simulate/refusal-places.ts'
import { SimulationForm } from '../../../src/ui/simulate/simulation-form.svelte.ts'

chooseLocale('en-US')

describe('figures', () => {
  it('go from per cent to a fraction and back without losing a digit', () => {
    const decimal = fc.tuple(fc.integer({ min: -9999, max: 9999 }), fc.integer({ min: 0, max: 999_999 }))
    fc.assert(
      fc.property(decimal, ([whole, after]) => {
        const text = `${whole}.${String(after).padStart(6, '0')}1`
        expect(percentOf(fractionOf(text))).toBe(text)
      }),
    )
    expect(fractionOf('0.1')).toBe('0.001')
    expect(leftOf('20')).toBe('0.8')
    expect(grownBy('25')).toBe('1.25')
    expect(percentOf(undefined)).toBe('')
    expect(percentOf(1e-7)).toBe('0.00001')
  })

  it('that are none go on as they are, so that the desk refuses them', () => {
    expect(fractionOf('NaN')).toBe('NaN')
    expect(leftOf('much')).toBe('much')
  })
})

describe('a pasted list', () => {
  it('is read by lines, spaces, semicolons and commas', () => {
    expect(readList('1.2R\n-1\n 0.5; -0.3, 2e-1\n')).toEqual({ ok: true, values: [1.2, -1, 0.5, -0.3, 0.2] })
    expect(readList('\u22121')).toEqual({ ok: true, values: [-1] })
    expect(readList('')).toEqual({ ok: true, values: [] })
  })

  it('is refused where a comma could part two numbers or be a point, and where a word is no number', () => {
    expect(readList('1,5\n2,5')).toMatchObject({
      ok: false,
      why: expect.stringContaining('«1,5» may be one number') as string,
    })
    expect(readList('1.5\nNaN')).toMatchObject({
      ok: false,
      why: '«NaN» on line 2 is no number: take it out or correct it.',
    })
  })
})

describe('a field', () => {
  it('says what it is, what is allowed and how to mend it', () => {
    const ruin = { label: 'Ruin', unit: '%', from: 0, to: 100, isOpen: true }
    expect(wrongWith('120', ruin)).toBe(
      'Ruin is 120 %; give a number between 0 and 100 %, the ends left out, or leave it empty.',
    )
    expect(wrongWith('', ruin)).toBeUndefined()
    expect(wrongWith('', { label: 'Paths', from: 1, isWhole: true, isRequired: true })).toBe(
      'Paths is empty; give a whole number of at least 1.',
    )
    expect(wrongWith('2.5', { label: 'Paths', from: 1, isWhole: true })).toContain('a whole number of at least 1')
    expect(wrongWith('x', { label: 'Seed', from: 0 })).toBe('Seed is «x»; give a number of at least 0.')
  })
})

describe('the form', () => {
  it('asks for what is typed, with floors, goal and tolerance as shares', () => {
    const form = new SimulationForm()
    form.model.source = 'hand'
    expect(form.run).toMatchObject({
      model: { kind: 'winloss', p: '0.55', b: '1.5' },
      staking: { method: 'kelly', fraction: '0.5' },
      paths: '10000',
      trades: '100',
      floor: '0.8',
      target: '1.25',
      limit: '0.8',
      record: true,
    })
    expect(form.curve).toMatchObject({ tolerance: { ruin: '0.05' } })
    expect(form.curve).not.toHaveProperty('record')
    expect(form.compare).toMatchObject({ a: { method: 'kelly' }, b: { method: 'fixed_fraction', fraction: '0.01' } })
    expect(RunInput.safeParse(form.run).success).toBe(true)
  })

  it('leaves out what is empty and never asks for what is wrong', () => {
    const form = new SimulationForm()
    form.ruin = form.goal = ''
    expect(form.run).not.toHaveProperty('floor')
    expect(form.run).not.toHaveProperty('target')
    expect(form.isWrong).toBe(false)
    form.paths = ''
    expect(form.isWrong).toBe(true)
    form.paths = '10'
    form.unread.fee = 'free'
    expect(form.isWrong).toBe(true)
    form.unread.fee = undefined
    form.b.fraction = ''
    expect(form.isWrong).toBe(true)
    form.compares = false
    expect(form.isWrong).toBe(false)
  })

  it('makes one model of each source', () => {
    const { model } = new SimulationForm()
    expect(model.input).toEqual({ kind: 'book', as: 'bootstrap', block: 'auto', trades: {}, uncertain: false })
    model.strategy = 'macro'
    model.last = '50'
    model.drawing = 'winloss'
    expect(model.input).toMatchObject({ as: 'winloss', trades: { filter: { strategy: 'macro' }, last: '50' } })
    model.source = 'pasted'
    expect(model.faults.pasted).toContain('R multiples are empty')
    model.pasted = '1\n-1'
    model.drawing = 'single'
    expect(model.input).toEqual({ kind: 'bootstrap', returns: [1, -1], block: 1, uncertain: false })
    model.source = 'normal'
    model.mu = '0.05 0.02'
    expect(model.faults.mu).toBe('Means are 2 numbers for 1 weights; give one for each asset.')
    model.sigma = '1 2'
    model.weights = '0.5 0.5'
    model.correlation = '0.3'
    model.freedom = '5'
    expect(model.faults).toEqual({})
    expect(model.input).toEqual({
      kind: 'student-t',
      mu: [0.0005, 0.0002],
      sigma: [0.01, 0.02],
      weights: [0.5, 0.5],
      correlation: [
        [1, 0.3],
        [0.3, 1],
      ],
      degreesOfFreedom: '5',
    })
  })

  it('gives each policy the fields it takes and no other', () => {
    const { a } = new SimulationForm()
    a.method = 'anti_martingale'
    a.fraction = '1'
    expect(a.input).toEqual({ method: 'anti_martingale', fraction: '0.01', step: '1.5', cap: '0.05' })
    a.method = 'drawdown_throttle'
    expect(a.input).toMatchObject({ drawdownLimit: '0.2', factor: '2' })
    a.method = 'vol_target'
    expect(a.input).toEqual({ method: 'vol_target' })
    a.stop = '1'
    expect(a.input).toEqual({ method: 'vol_target', stop: '0.01' })
  })

  it('turns a share of Kelly into what it came to, and never into that share of everything', () => {
    const { a, b } = new SimulationForm()
    a.choose('fixed_fraction', 0.049123)
    expect(a.input).toEqual({ method: 'fixed_fraction', fraction: '0.0491' })
    a.choose('fixed_amount', 0.2)
    expect(a.fraction).toBe('4.91')
    a.choose('kelly', 0.2)
    expect(a.fraction).toBe('50')
    a.choose('drawdown_throttle', undefined)
    expect(a.fraction).toBe('1')
    b.choose('kelly', undefined)
    expect(b.input).toEqual({ method: 'kelly', fraction: '0.5' })
  })

  it('is filled from a scenario so that it asks for the same again', () => {
    const form = new SimulationForm()
    form.model.source = 'pasted'
    form.model.pasted = '1.5\n-1\n0.25'
    form.model.block = '3'
    form.model.uncertain = true
    form.a.method = 'anti_martingale'
    form.a.fraction = '0.75'
    form.compares = true
    form.ruin = '12.5'
    form.goal = '8'
    form.trailing = '10'
    form.fee = '0.05'
    form.seconds = '30'
    form.drawdownAllowed = '15'
    form.stops = true
    const kept = form.scenario('mine')
    const other = new SimulationForm()
    other.fill(kept)
    expect(other.scenario('mine')).toEqual(kept)
    const alone = new SimulationForm()
    alone.compares = false
    alone.model.source = 'normal'
    alone.goal = ''
    other.fill(alone.scenario('x'))
    expect(other.scenario('x')).toEqual(alone.scenario('x'))
  })
})

describe('a refusal of the desk', () => {
  it('stands at the field it names, and below the button where no field has it', () => {
    const at = (field: string) => placeRefusal({ code: 'X', says: 'No.', field })
    expect(at('floor').run).toEqual({ ruin: 'No.' })
    expect(at('model.returns[3]').model).toEqual({ pasted: 'No.' })
    expect(at('staking.fraction').a).toEqual({ fraction: 'No.' })
    expect(at('b.method').b).toEqual({ method: 'No.' })
    expect(at('unheard').rest).toBe('No.')
    expect(placeRefusal(undefined).rest).toBeUndefined()
  })
})
