import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { passSteps, type LimitSteps } from '../../../src/domain/desk-state/limit-levels.ts'

/** What one limit passes as its use goes through these values. */
function told(uses: readonly (number | null)[]): string[] {
  let steps: LimitSteps = new Map()
  return uses.map((utilisation) => {
    const look = passSteps(steps, [{ key: 'a', utilisation }])
    steps = look.steps
    return look.passed.map(({ level }) => level).join()
  })
}

describe('the steps of a limit', () => {
  it('are told once each on the way up, the highest where several are passed at once', () => {
    expect(told([0.5, 0.7, 0.8, 0.9, 0.95, 1, 1.4])).toEqual(['', 'caution', '', 'danger', '', 'breach', ''])
    expect(told([0, 1.2, 1.3])).toEqual(['', 'breach', ''])
  })

  it('are told again only after use has fallen five points below them', () => {
    expect(told([0.71, 0.69, 0.71, 0.66, 0.7])).toEqual(['caution', '', '', '', ''])
    expect(told([0.71, 0.6499, 0.7])).toEqual(['caution', '', 'caution'])
    expect(told([1, 0.96, 1, 0.94, 1])).toEqual(['breach', '', '', '', 'breach'])
    expect(told([1, 0.86, 0.9, 0.84, 0.9])).toEqual(['breach', '', '', '', 'danger'])
  })

  it('stay where they were while use is not known', () => {
    expect(told([0.95, null, 0.95, null, null, 0.5, 0.95])).toEqual(['danger', '', '', '', '', '', 'danger'])
  })

  it('are forgotten with a limit that is gone, and are of each limit alone', () => {
    const first = passSteps(new Map(), [
      { key: 'a', utilisation: 0.8 },
      { key: 'b', utilisation: 0.1 },
    ])
    expect(first.passed).toEqual([{ key: 'a', level: 'caution' }])
    const without = passSteps(first.steps, [{ key: 'b', utilisation: 0.95 }])
    expect(without.passed).toEqual([{ key: 'b', level: 'danger' }])
    expect(passSteps(without.steps, [{ key: 'a', utilisation: 0.8 }]).passed).toEqual([{ key: 'a', level: 'caution' }])
  })

  it('never alert to a use that trembles within five points, however long', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 2, noNaN: true }),
        fc.array(fc.double({ min: 0, max: 0.0499, noNaN: true })),
        (base, tremble) => {
          const all = told([base + 0.05, ...tremble.map((by) => base + by)])
          expect(all.slice(1).filter((one) => one !== '')).toEqual([])
        },
      ),
    )
  })
})
