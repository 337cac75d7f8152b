import { describe, expect, it } from 'vitest'
import { readProblem } from '../../../src/domain/portfolio/optimiser/read-problem.ts'
import { answerTo, distance, solved, type Request } from './solve-problem.ts'

const fair: Request = {
  method: 'kelly_mvo',
  mu: [0.1, 0.2],
  sigma: [
    [0.04, 0.01],
    [0.01, 0.09],
  ],
  w0: [0.5, 0.5],
}

/** Codes and fields of what is wrong with a request. */
function faultsOf(change: Request): readonly string[] {
  const read = readProblem({ ...fair, ...change })
  if (read.ok) return []
  for (const { field, says } of read.error) {
    expect(says).toContain(field ?? 'a field')
    expect(says).toMatch(/\.$/)
  }
  return read.error.map(({ code, field }) => `${code} ${field ?? ''}`)
}

describe('a portfolio problem', () => {
  it('is read when it is fair', () => {
    expect(faultsOf({})).toEqual([])
    expect(faultsOf({ turnover: null, groups: null, lower: -1, upper: [1, 2] })).toEqual([])
  })

  it.each<readonly [string, Request, string]>([
    ['no method', { method: undefined }, 'INPUT_MISSING method'],
    ['another method', { method: 'magic' }, 'INPUT_MALFORMED method'],
    ['no sigma', { sigma: undefined }, 'INPUT_MISSING sigma'],
    [
      'NaN in sigma',
      {
        sigma: [
          [Number.NaN, 0],
          [0, 1],
        ],
      },
      'INPUT_NOT_FINITE sigma[0][0]',
    ],
    [
      'text in sigma',
      {
        sigma: [
          ['0.04', 0],
          [0, 1],
        ],
      },
      'INPUT_MALFORMED sigma[0][0]',
    ],
    ['a ragged sigma', { sigma: [[0.04], [0, 1]] }, 'INPUT_OUT_OF_RANGE sigma[0]'],
    [
      'an asymmetric sigma',
      {
        sigma: [
          [0.04, 0.02],
          [0.01, 0.09],
        ],
      },
      'INPUT_OUT_OF_RANGE sigma[1][0]',
    ],
    [
      'a negative eigenvalue',
      {
        sigma: [
          [0.04, 0.1],
          [0.1, 0.09],
        ],
      },
      'INPUT_OUT_OF_RANGE sigma',
    ],
    [
      'a negative variance',
      {
        sigma: [
          [-0.04, 0],
          [0, 0.09],
        ],
      },
      'INPUT_OUT_OF_RANGE sigma',
    ],
    ['factors of unequal length', { sigma: { B: [[1], [1, 2]], d: [1, 1] } }, 'INPUT_OUT_OF_RANGE sigma.B[1]'],
    ['a negative own variance', { sigma: { B: [[1], [1]], d: [1, -1] } }, 'INPUT_OUT_OF_RANGE sigma.d[1]'],
    ['too few returns', { mu: [0.1] }, 'INPUT_OUT_OF_RANGE mu'],
    ['no returns', { mu: undefined }, 'INPUT_MISSING mu'],
    ['an infinite return', { mu: [0.1, Infinity] }, 'INPUT_NOT_FINITE mu[1]'],
    ['a turnover from nowhere', { w0: null, turnover: 0.5 }, 'INPUT_MISSING w0'],
    ['a cost from nowhere', { w0: null, cost: 0.001 }, 'INPUT_MISSING w0'],
    ['a negative turnover', { turnover: -1 }, 'INPUT_OUT_OF_RANGE turnover'],
    ['a cap of zero', { volatilityCap: 0 }, 'INPUT_OUT_OF_RANGE volatilityCap'],
    ['half an asset', { topK: { k: 1.5, max: 0.5 } }, 'INPUT_OUT_OF_RANGE topK.k'],
    ['a stranger in a group', { groups: [{ members: [0, 2], max: 1 }] }, 'INPUT_OUT_OF_RANGE groups[0].members[1]'],
    ['an asset twice', { groups: [{ members: [0, 0], max: 1 }] }, 'INPUT_OUT_OF_RANGE groups[0].members'],
    ['a limit misspelt', { volatiltyCap: 0.2 }, 'INPUT_MALFORMED volatiltyCap'],
    ['a misspelt end', { budget: { maximum: 1 } }, 'INPUT_MALFORMED budget.maximum'],
    ['no aversion', { lambda: 0 }, 'INPUT_OUT_OF_RANGE lambda'],
    ['budgets that mean nothing', { riskBudgets: [1, 1] }, 'INPUT_OUT_OF_RANGE riskBudgets'],
    ['a return without returns', { method: 'min_variance', mu: null, minimumReturn: 0.1 }, 'INPUT_MISSING mu'],
  ])('with %s is refused by name', (_, change, fault) => {
    expect(faultsOf(change)).toContain(fault)
  })

  it('that is no object is refused', () => {
    for (const value of [null, 7, 'x', [1]]) expect(readProblem(value).ok).toBe(false)
  })

  it('in factors is the same as multiplied out', () => {
    const [B, d] = [
      [
        [0.1, 0.2],
        [0.3, -0.1],
      ],
      [0.01, 0.02],
    ]
    const sigma = [
      [0.01 + 0.04 + 0.01, 0.03 - 0.02],
      [0.03 - 0.02, 0.09 + 0.01 + 0.02],
    ]
    const one = solved({ ...fair, sigma: { B, d } })
    expect(distance(one.weights, solved({ ...fair, sigma }).weights)).toBeLessThan(1e-9)
  })

  it('scales expected returns by their signals', () => {
    const plain = solved({ ...fair, mu: [0.15, 0.1] })
    expect(distance(solved({ ...fair, mu: [0.1, 0.2], signals: [1, -1] }).weights, plain.weights)).toBeLessThan(1e-12)
  })

  it('keeps full Kelly as it is: λ 1 without a limit is Σ⁻¹μ, levered, never normalised', () => {
    const free = { lower: -50, upper: 50, budget: {}, lambda: 1 }
    const determinant = 0.04 * 0.09 - 0.0001
    const exact = [(0.09 * 0.1 - 0.01 * 0.2) / determinant, (0.04 * 0.2 - 0.01 * 0.1) / determinant]
    expect(distance(solved({ ...fair, ...free }).weights, exact)).toBeLessThan(1e-6)
  })

  it('borrows nothing where the cost of leverage is not paid for', () => {
    // Between 1 and the unconstrained optimum of 1.25 an extra unit earns less than it costs: exactly 1.
    const request = {
      method: 'kelly_mvo',
      mu: [0.05, 0.02],
      sigma: [
        [0.04, 0],
        [0, 0],
      ],
      lambda: 1,
    }
    const levered = { ...request, lower: [0, -1], upper: [2, 0], budget: { max: 1 } }
    expect(answerTo(levered).status).toBe('optimal')
    expect(distance(solved(levered).weights, [1, 0])).toBeLessThan(1e-6)
  })
})
