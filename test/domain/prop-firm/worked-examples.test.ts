import { describe, expect, it } from 'vitest'
import { dec } from '../../../src/domain/kernel/money.ts'
import { dayFloor, maximumFloor, type Floor } from '../../../src/domain/prop-firm/floors.ts'
import { resetPreview } from '../../../src/domain/prop-firm/reset-preview.ts'
import { dayRule, history, maximumRule, program } from './programs.ts'

// Figures copied from sizing-worked_examples (prop_firms) and from the firms' own pages named in each program.

function today(name: string, told: Parameters<typeof history>[0]): Floor {
  const floor = dayFloor(dayRule(name), history(told))
  if (!floor.ok) throw new Error(floor.error.says)
  return floor.value
}
const whole = (name: string, told: Parameters<typeof history>[0]): Floor =>
  maximumFloor(maximumRule(name), history(told))
const plain = ({ floor }: Floor): string => floor.toFixed()

describe('the maximum loss of a program', () => {
  it('FTMO 1-step trails the highest balance at a midnight: 90,000, 94,000, 94,000', () => {
    const floors = [[], [104_000], [104_000, 103_000]].map((rolls) =>
      plain(whole('ftmo-1-step', { initial: 100_000, rolls })),
    )
    expect(floors).toEqual(['90000', '94000', '94000'])
  })

  it('FTMO 1-step does not move within the day, however high equity goes', () => {
    expect(plain(whole('ftmo-1-step', { initial: 100_000, balance: 120_000, peakEquity: 130_000 }))).toBe('90000')
  })

  it('FTMO 2-step counts what floats: a balance of 92,000 with 2,001 lost and open is a breach', () => {
    const told = { initial: 100_000, balance: 92_000 }
    expect(whole('ftmo-2-step', { ...told, equity: 92_000 - 2_001 }).broken).toBe(true)
    expect(whole('ftmo-2-step', { ...told, equity: 92_000 - 2_000 }).broken).toBe(false)
    expect(plain(whole('ftmo-2-step', { initial: 100_000, rolls: [150_000] }))).toBe('90000')
  })

  it('Topstep trails the end of the day and locks at the start: 48,500, 48,500, 50,000', () => {
    const floors = [[50_500], [50_500, 50_000], [50_500, 50_000, 52_500]].map((rolls) =>
      whole('topstep-50k', { initial: 50_000, rolls }),
    )
    expect(floors.map(plain)).toEqual(['48500', '48500', '50000'])
    expect(floors.map(({ locked }) => locked)).toEqual([false, false, true])
  })

  it('active trailing follows the highest equity, floating counted: 97,000, 97,100, 97,300', () => {
    const floors = [100_000, 100_100, 100_300].map((peakEquity) =>
      plain(whole('active-trailing-100k', { initial: 100_000, peakEquity })),
    )
    expect(floors).toEqual(['97000', '97100', '97300'])
  })

  it('a firm where touching is breaking keeps one cent more', () => {
    const floor = whole('active-trailing-100k', { initial: 100_000, equity: 97_000, peakEquity: 100_000 })
    expect([floor.broken, floor.safe.toFixed()]).toEqual([true, '97000.01'])
    expect(whole('ftmo-2-step', { initial: 100_000, equity: 90_000 }).safe.toFixed()).toBe('90000')
  })
})

describe('the daily loss of a program', () => {
  it('FTMO 2-step: 8,000 closed of a 200,000 account leaves 2,000', () => {
    const floor = today('ftmo-2-step', { initial: 200_000, rolls: [200_000], balance: 192_000 })
    expect([plain(floor), floor.room.toFixed()]).toEqual(['190000', '2000'])
  })

  it('FTMO 2-step: 13,000 floating after 4,000 closed is allowed before midnight and a breach after it', () => {
    const monday = { initial: 200_000, rolls: [200_000], balance: 204_000, equity: 191_000 }
    const floor = today('ftmo-2-step', monday)
    expect([plain(floor), floor.broken]).toEqual(['190000', false])
    const preview = resetPreview(program('ftmo-2-step'), history(monday), 1)
    if (!preview.ok) throw new Error(preview.error.says)
    expect(preview.value.next?.floor.toFixed()).toBe('194000')
    expect(preview.value.next?.broken).toBe(true)
    expect(preview.value.used?.toFixed()).toBe('1.3')
    expect(preview.value.says).toContain('reduce before the roll')
  })

  it('permits 14,000 on the Monday and 10,000 on the Tuesday', () => {
    const permitted = (rolls: number[]): string =>
      today('ftmo-2-step', { initial: 200_000, rolls, balance: 204_000 }).room.toFixed()
    expect([permitted([200_000]), permitted([200_000, 204_000])]).toEqual(['14000', '10000'])
  })

  it('counts the first day from the initial balance', () => {
    expect(plain(today('ftmo-2-step', { initial: 100_000, balance: 99_000 }))).toBe('95000')
  })

  it('Breakout: 4 % of the balance at 00:30 UTC, 105,000 is 100,800', () => {
    expect(plain(today('breakout-1-step', { initial: 100_000, rolls: [105_000] }))).toBe('100800')
    expect(program('breakout-1-step').roll).toEqual({ timeZone: 'UTC', dayRoll: '00:30' })
  })

  it('Quantum Funding: 3 % of the greater of balance and equity', () => {
    expect(plain(today('quantum-1-step', { initial: 100_000, rolls: [[100_000, 102_000]] }))).toBe('98940')
    expect(plain(today('quantum-1-step', { initial: 100_000, rolls: [[100_000, 98_000]] }))).toBe('97000')
  })

  it('Alpha Capital: 5 % of the balance, what is left is counted from equity', () => {
    const above = today('alpha-capital', { initial: 100_000, rolls: [100_000], equity: 101_000 })
    expect([plain(above), above.room.toFixed()]).toEqual(['95000', '6000'])
    const below = today('alpha-capital', { initial: 100_000, rolls: [100_000], equity: 99_000 })
    expect([plain(below), below.room.toFixed()]).toEqual(['95000', '4000'])
  })

  it('a share of the balance moves with it: Fortuna Funded, 102,000 and 101,000 are 96,900 and 95,950', () => {
    const floors = [[102_000], [102_000, 101_000]].map((rolls) =>
      plain(today('alpha-capital', { initial: 100_000, rolls })),
    )
    expect(floors).toEqual(['96900', '95950'])
  })

  it('Fintokei: 5 % of the equity at midnight, 103,000 is 97,850', () => {
    expect(plain(today('fintokei', { initial: 100_000, rolls: [[100_000, 103_000]] }))).toBe('97850')
  })

  it('HyroTrader: 250 below a day’s peak of 4,900 is 4,650, and broken there', () => {
    const floor = today('hyrotrader', { initial: 5_000, dayPeakEquity: 4_900, equity: 4_650 })
    expect([plain(floor), floor.broken]).toEqual(['4650', true])
    expect(today('hyrotrader', { initial: 5_000, dayPeakEquity: 4_900, equity: 4_650.01 }).broken).toBe(false)
  })

  it('does not take over the page whose 97,000 contradicts its own rule: both readings are other figures', () => {
    const closes = { initial: 100_000, rolls: [103_000] }
    expect(plain(today('ftmo-2-step', closes))).toBe('98000')
    expect(plain(today('alpha-capital', closes))).toBe('97850')
  })

  it('refuses where the equity at the roll was never measured', () => {
    const floor = dayFloor(dayRule('fintokei'), history({ initial: 100_000, rolls: [[100_000, null]] }))
    expect(floor).toMatchObject({ ok: false, error: { code: 'INPUT_MISSING', field: 'propFirm.equityAtRoll' } })
    expect(dayFloor(dayRule('ftmo-2-step'), history({ initial: 100_000, rolls: [[100_000, null]] })).ok).toBe(true)
  })
})

it('the preview of a firm that counts from the day’s peak begins the new day at the equity of the roll', () => {
  const told = history({ initial: 5_000, dayPeakEquity: 5_200, equity: 4_990, balance: 5_000 })
  const preview = resetPreview(program('hyrotrader'), told, 1)
  if (!preview.ok) throw new Error(preview.error.says)
  expect([preview.value.now?.floor.toFixed(), preview.value.next?.floor.toFixed()]).toEqual(['4950', '4740'])
})

it('the preview of a quiet roll says what would be left', () => {
  const preview = resetPreview(
    program('ftmo-2-step'),
    history({ initial: 100_000, rolls: [100_000], equity: 99_590 }),
    1,
  )
  if (!preview.ok) throw new Error(preview.error.says)
  expect(preview.value.used?.eq(dec('0.082'))).toBe(true)
  expect(preview.value.says).toContain('8.20 % of the new day')
  expect(preview.value.maximum?.floor.toFixed()).toBe('90000')
})
