import { readFresh } from '../../freshness.ts'
import { sayExact, sayPercent, ZERO } from '../../kernel/money.ts'
import { fraction } from '../../kernel/setting.ts'
import { defineCeiling, veto } from '../rule.ts'

const UNKNOWN = { value: null, source: 'not known', at: null } as const

/** Units of the order ≤ a share of the average daily volume; an unknown volume allows nothing. */
export const adv = defineCeiling({
  id: 'adv',
  title: 'Share of daily volume',
  code: 'LIQUIDITY',
  says: 'One order stays within a share of what trades in a day.',
  settings: {
    max: fraction({
      title: 'Most of a day’s volume',
      help: 'Share of the average daily volume: 0.01 is 1 %.',
      least: '0',
      most: '1',
      above: true,
    }),
  },
  evaluate({ inputs, now, closeMaxAge, instrument }, { max }) {
    const volume = readFresh(inputs.studies?.market?.averageDailyVolume ?? UNKNOWN, 'market.averageDailyVolume', {
      now,
      maxAge: closeMaxAge,
      calendar: instrument.calendar,
    })
    if (!volume.ok) return veto(volume.error)
    const limit = volume.value.times(max)
    return {
      kind: 'cap',
      unit: 'quantity',
      limit,
      before: ZERO,
      useOf: (quantity) => quantity,
      capacity: limit,
      says: `One order may be ${sayExact(limit, 2)} units (${sayPercent(max)} of ${sayExact(volume.value, 0)} a day).`,
      facts: {},
    }
  },
})
