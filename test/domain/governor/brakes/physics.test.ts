import { describe, expect, it } from 'vitest'
import type { SensorId, SensorReading } from '../../../../src/domain/studies.ts'
import { NOW } from '../../../support/sizing-fixtures.ts'
import { braked, studies } from '../one-rule.ts'

const S2 = { missing: '0.5', maxAge: 60_000 }
const sensor = (id: SensorId, value: string | null, at: number | null = NOW): SensorReading => ({
  id,
  value,
  at,
  source: 'test',
  abstains: false,
  says: `${id} speaks`,
})
const with3 = (lyapunov: SensorReading) =>
  braked('physics', S2, { studies: studies({ sensors: [lyapunov, sensor('ising', '0.9'), sensor('eigen', '1')] }) })

describe('the regime sensors', () => {
  it('count as their weakest link, not as a product, and name it', () => {
    expect(with3(sensor('lyapunov', '0.8'))).toEqual({
      stage: 'adjust',
      rule: 'physics',
      title: 'Regime sensors',
      before: '200',
      after: '160',
      factor: '0.8',
      ceiling: null,
      passed: false,
      code: 'BRAKED',
      facts: { lyapunov: '0.8', ising: '0.9', eigen: '1' },
      says: 'Weakest link × 0.8 (lyapunov: lyapunov speaks).',
    })
  })

  it('that all see nothing brake nothing', () => {
    const all = (['lyapunov', 'ising', 'eigen'] as const).map((id) => sensor(id, '1'))
    expect(braked('physics', S2, { studies: studies({ sensors: all }) })).toMatchObject({
      factor: '1',
      code: null,
      says: 'Weakest link × 1 (no sensor brakes).',
    })
  })

  it.each([
    ['is missing', sensor('lyapunov', null), 'lyapunov'],
    ['has no time', sensor('lyapunov', '1', null), 'lyapunov'],
    ['is above 1', sensor('lyapunov', '1.01'), 'lyapunov'],
    ['is below 0', sensor('lyapunov', '-0.01'), 'lyapunov'],
    ['is of the future', sensor('lyapunov', '1', NOW + 2_001), 'lyapunov'],
    ['is too old', sensor('lyapunov', '1', NOW - 60_001), 'lyapunov (60 s old)'],
  ])('stand in with half where one %s, and say so', (_, lyapunov, named) => {
    expect(with3(lyapunov)).toMatchObject({
      factor: '0.5',
      code: 'SENSOR_MISSING',
      facts: { lyapunov: '0.5', ising: '0.9', eigen: '1' },
      says: `Weakest link × 0.5 (lyapunov is missing). Missing or stale: ${named}; × 0.5 stands in.`,
    })
  })

  it('brake under the code of a reading, not of a gap, where a present sensor is the weakest', () => {
    const read = { studies: studies({ sensors: [sensor('lyapunov', '0.4'), sensor('eigen', '1')] }) }
    expect(braked('physics', S2, read)).toMatchObject({ factor: '0.4', code: 'BRAKED' })
  })

  it('count at the oldest age allowed and within the tolerance of clocks', () => {
    expect(with3(sensor('lyapunov', '0', NOW - 60_000))).toMatchObject({ factor: '0' })
    expect(with3(sensor('lyapunov', '0.7', NOW + 2_000))).toMatchObject({ factor: '0.7' })
  })

  it('that were not read at all count as missing, each', () => {
    expect(braked('physics', S2)).toMatchObject({
      factor: '0.5',
      facts: { lyapunov: '0.5', ising: '0.5', eigen: '0.5' },
    })
  })
})
