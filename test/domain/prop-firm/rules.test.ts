import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dec, type Dec } from '../../../src/domain/kernel/money.ts'
import { consistency } from '../../../src/domain/prop-firm/consistency.ts'
import { figuresAge } from '../../../src/domain/prop-firm/figures-age.ts'
import { maximumFloor } from '../../../src/domain/prop-firm/floors.ts'
import { readProgram } from '../../../src/domain/prop-firm/read-program.ts'
import { propFirmStanding } from '../../../src/domain/prop-firm/standing.ts'
import { nextDayStart, periodStart } from '../../../src/domain/trading-day.ts'
import { reading, size, profileOf, rawProfile } from '../../support/sizing-fixtures.ts'
import { history, maximumRule, program, PROGRAM_NAMES, rawProgram } from './programs.ts'

const SHARE = { share: dec('0.5'), source: 'test', read: '2026-01-01' }
const days = (...profits: number[]): Dec[] => profits.map((profit) => dec(profit))
const NONE = { floor: null, dayFloor: null }

describe('a consistency rule', () => {
  it('asks for best day / share in all: a day of 1,500 at 50 % needs 3,000', () => {
    expect(consistency(SHARE, days(1_500, 500))).toMatchObject({ met: false })
    expect(consistency(SHARE, days(1_500, 500)).stillNeeded.toFixed()).toBe('1000')
    expect(consistency({ ...SHARE, share: dec('0.4') }, days(1_500)).needed.toFixed()).toBe('3750')
  })

  it('is met exactly at the share', () => {
    expect(consistency(SHARE, days(1_500, -200, 1_700)).met).toBe(false)
    expect(consistency(SHARE, days(1_500, 1_500)).met).toBe(true)
    expect(consistency(SHARE, days(1_500, 1_499.99)).met).toBe(false)
  })

  it('is not met without profit, and divides nothing by zero', () => {
    expect(consistency(SHARE, [])).toMatchObject({ met: false, share: null })
    expect(consistency(SHARE, days(-5, 0))).toMatchObject({
      met: false,
      share: null,
      says: 'No day has made a profit yet.',
    })
  })
})

describe('a floor that trails', () => {
  it.each(['ftmo-1-step', 'topstep-50k', 'active-trailing-100k'])(
    'of %s never falls and never passes its lock',
    (name) => {
      const rule = maximumRule(name)
      const closes = fc.array(fc.integer({ min: 30_000, max: 90_000 }), { maxLength: 30 })
      fc.assert(
        fc.property(closes, (rolls) => {
          let before = dec(0)
          let peak = 50_000
          for (let many = 0; many <= rolls.length; many++) {
            peak = Math.max(peak, rolls[many - 1] ?? 0)
            const told = { initial: 50_000, rolls: rolls.slice(0, many), peakEquity: peak, peakBalance: peak }
            const { floor } = maximumFloor(rule, history(told))
            expect(floor.gte(before)).toBe(true)
            if (rule.locksAbove !== null) expect(floor.lte(50_000)).toBe(true)
            before = floor
          }
        }),
      )
    },
  )
})

describe('the standing of an account', () => {
  it('holds the higher of the rule’s floor and the one the firm shows', () => {
    const told = history({ initial: 50_000, rolls: [51_000] })
    const standing = (floor: string | null) => propFirmStanding(program('topstep-50k'), told, { floor, dayFloor: null })
    expect(standing(null)).toMatchObject({ ok: true, value: { floor: '49000.01', dayFloor: null } })
    expect(standing('48000')).toMatchObject({ ok: true, value: { floor: '49000.01' } })
    expect(standing('49500')).toMatchObject({
      ok: true,
      value: { floor: '49500', floorSays: '49,500.00 as the firm shows it.' },
    })
    expect(standing('49,500')).toMatchObject({ ok: false, error: { field: 'propFirm.statedFloor' } })
  })

  it('sets no floor for a rule that only warns', () => {
    const warned = {
      ...program('topstep-50k'),
      maximum: { ...maximumRule('topstep-50k'), consequence: 'warning' } as const,
    }
    expect(propFirmStanding(warned, history({ initial: 50_000 }), NONE)).toMatchObject({
      ok: true,
      value: { floor: null, floorSays: 'No rule.' },
    })
  })

  it('becomes a ceiling: with every stop hit the floor still stands', () => {
    const raw = rawProfile('prop-governor')
    const profile = profileOf({
      ...raw,
      method: 'fixed_risk',
      ceilings: { ...raw.ceilings, prop_firm: {} },
      brakes: { ...raw.brakes, physics: 'off' },
    })
    const told = history({ initial: 100_000, rolls: [100_000], balance: 95_400, equity: 95_400 })
    const standing = propFirmStanding(program('ftmo-2-step'), told, NONE)
    if (!standing.ok) throw new Error(standing.error.says)
    const studies = {
      market: null,
      correlation: null,
      sensors: [],
      regime: null,
      lastProfits: [],
      propFirm: standing.value,
    }
    const decided = size({ equity: '95400', studies, account: { startingEquity: reading('100000') } }, {}, profile)
    // 400 above the day's floor of 95,000, five a share: 80 shares.
    expect([decided.quantity, decided.binding]).toEqual(['80', 'prop_firm'])
    const fault = { ...standing.value, fault: 'The equity at the roll is not known.' }
    const refused = size({ equity: '95400', studies: { ...studies, propFirm: fault } }, {}, profile)
    expect(refused).toMatchObject({ quantity: '0', outcome: 'rejected' })
    expect(refused.reasons).toContainEqual({ code: 'LIMITS_MISSING', says: fault.fault, field: 'propFirm' })
  })
})

describe('the firm’s day', () => {
  const HOUR = 3_600_000
  it('rolls at midnight in Prague, also across the clock change', () => {
    const { roll } = program('ftmo-2-step')
    const winter = periodStart(Date.UTC(2026, 0, 15, 12), 'day', roll)
    const summer = periodStart(Date.UTC(2026, 6, 15, 12), 'day', roll)
    expect([new Date(winter).toISOString(), new Date(summer).toISOString()]).toEqual([
      '2026-01-14T23:00:00.000Z',
      '2026-07-14T22:00:00.000Z',
    ])
    const spring = periodStart(Date.UTC(2026, 2, 29, 12), 'day', roll)
    expect(nextDayStart(spring, roll) - spring).toBe(23 * HOUR)
    const autumn = periodStart(Date.UTC(2026, 9, 25, 12), 'day', roll)
    expect(nextDayStart(autumn, roll) - autumn).toBe(25 * HOUR)
  })

  it('trap 14: rolls at 17:00 New York for a firm that does, not at midnight UTC', () => {
    const { roll } = program('the5ers-high-stakes')
    const before = Date.UTC(2026, 6, 15, 20, 59)
    const after = Date.UTC(2026, 6, 15, 21, 0)
    expect(periodStart(after, 'day', roll) - periodStart(before, 'day', roll)).toBe(24 * HOUR)
    expect(periodStart(after, 'day', roll)).toBe(after)
    expect(periodStart(Date.UTC(2026, 6, 16, 0, 30), 'day', roll)).toBe(after)
  })
})

describe('a program file', () => {
  it.each(PROGRAM_NAMES)('%s is complete, named as its file, with a source and a day for each figure', (name) => {
    const own = program(name)
    expect(own.id).toBe(name)
    expect([own.day, own.maximum].filter((rule) => rule !== null).length).toBeGreaterThan(0)
    expect(figuresAge(own, Date.UTC(2026, 10, 21)).read).toMatch(/^\d{4}-\d{2}-\d{2}$/)
  })

  it('says so once its figures are older than 90 days, and whether they are the firm’s', () => {
    const own = program('ftmo-2-step')
    const read = Date.parse('2026-11-20T00:00:00Z')
    expect(figuresAge(own, read + 90 * 86_400_000)).toMatchObject({ days: 90, old: false })
    expect(figuresAge(own, read + 91 * 86_400_000)).toMatchObject({ old: true })
    expect(figuresAge(own, read + 91 * 86_400_000).says).toContain('more than 90 days')
    expect(figuresAge(program('governor-preset-ftmo'), read).says).toContain('not verified')
    expect(own.verified).toBe(true)
  })

  it('the presets of the source project are labelled as not verified', () => {
    const presets = PROGRAM_NAMES.filter((name) => name.startsWith('governor-preset-'))
    expect(presets).toHaveLength(3)
    expect(presets.map((name) => program(name).verified)).toEqual([false, false, false])
  })

  it('answers every fault at once by its path', () => {
    const raw = rawProgram('ftmo-2-step')
    const broken = {
      ...raw,
      roll: { time: '5 pm', zone: 'Mars/Base' },
      day: { ...(raw['day'] as object), amount: 5, base: 'midnight' },
      color: 'blue',
    }
    const read = readProgram(broken)
    const fields = read.ok ? [] : read.error.map(({ field }) => field)
    expect(fields.sort()).toEqual(['color', 'day.base', 'roll.time'])
    const typed = readProgram({
      ...raw,
      roll: { time: '17:00', zone: 'Mars/Base' },
      day: { ...(raw['day'] as object), amount: 5 },
    })
    expect(typed.ok ? [] : typed.error.map(({ code, field }) => [code, field])).toEqual([
      ['INPUT_OUT_OF_RANGE', 'roll.zone'],
      ['UNIT_MISMATCH', 'day.amount'],
    ])
    expect(readProgram(null)).toMatchObject({ ok: false })
  })
})
