import { describe, expect, it } from 'vitest'
import { answerTo, distance, randomCovariance, solved, type Request } from './solve-problem.ts'

const two: Request = {
  method: 'kelly_mvo',
  mu: [0.1, 0.12],
  sigma: [
    [0.04, 0.01],
    [0.01, 0.09],
  ],
}

/** The limits named by a problem that has no answer; it must bring a sentence and no weights. */
function conflict(request: Request): readonly string[] {
  const answer = answerTo(request)
  expect(answer.status).toBe('infeasible')
  expect(answer).not.toHaveProperty('weights')
  if (answer.status !== 'infeasible') return []
  for (const { says } of answer.infeasible) expect(answer.says).toContain(says)
  return answer.infeasible.map(({ limit }) => limit)
}

/** Leaving any one limit of the set out must make the rest possible. */
function expectMinimal(request: Request, without: Readonly<Record<string, Request>>): void {
  const named = conflict(request)
  expect(named.toSorted()).toEqual(Object.keys(without).toSorted())
  for (const change of Object.values(without)) expect(answerTo({ ...request, ...change }).status).toBe('optimal')
}

describe('limits that cannot hold together are named, and only those', () => {
  it('a turnover that cannot reach the bounds from what is held', () => {
    const request = { ...two, w0: [1, 0], turnover: 0.2, upper: [0.5, 1], gross: 3, volatilityCap: 5 }
    expectMinimal(request, { turnover: { turnover: 2 }, 'upper[0]': { upper: 1 } })
  })

  it('a group whose minimum lies above the bounds of its members', () => {
    const request = {
      ...two,
      upper: 0.4,
      budget: { max: 1 },
      groups: [{ name: 'both', members: [0, 1], min: 0.9, max: 1 }],
    }
    expectMinimal(request, {
      'groups[0].min': { groups: [] },
      'upper[0]': { upper: [1, 0.4] },
      'upper[1]': { upper: [0.4, 1] },
    })
  })

  it('a budget that bounds cannot fill', () => {
    expectMinimal(
      { ...two, upper: 0.4 },
      { 'budget.min': { budget: { max: 1 } }, 'upper[0]': { upper: [1, 0.4] }, 'upper[1]': { upper: [0.4, 1] } },
    )
  })

  it('a lower bound above its upper bound', () => {
    expectMinimal(
      { ...two, lower: [0.6, 0], upper: [0.5, 1] },
      { 'lower[0]': { lower: 0, upper: [0.5, 1] }, 'upper[0]': { lower: [0.6, 0], upper: 1 } },
    )
  })

  it('a volatility cap below the least volatility of a full budget', () => {
    expectMinimal(
      { ...two, volatilityCap: 0.1 },
      { volatilityCap: { volatilityCap: null }, 'budget.min': { budget: { max: 1 } } },
    )
  })

  it('a return nobody within the budget earns', () => {
    const found = conflict({ ...two, minimumReturn: 0.5 })
    expect(found).toContain('minimumReturn')
    expect(found).toContain('budget.max')
  })

  it('the sum of the largest below an equal share', () => {
    const request = { ...two, topK: { k: 1, max: 0.4 } }
    expectMinimal(request, { topK: { topK: null }, 'budget.min': { budget: { max: 1 } } })
  })

  it('leverage below the least a hedge needs', () => {
    const request = { ...two, lower: [-1, 0.8], upper: [-0.8, 1], budget: { min: -1, max: 1 }, gross: 1.2 }
    expect(conflict(request).toSorted()).toEqual(['gross', 'lower[1]', 'upper[0]'])
  })

  it('of five hundred assets whose bounds are too narrow together, as one family', () => {
    const count = 500
    const sigma = {
      B: Array.from({ length: count }, (_, i) => [0.1 + i / 5000]),
      d: Array.from({ length: count }, () => 0.04),
    }
    expect(conflict({ method: 'min_variance', sigma, upper: 0.001 }).toSorted()).toEqual(['budget.min', 'upper'])
  }, 30_000)
})

describe('a problem at the edge has an answer without NaN', () => {
  const finite = (request: Request): readonly number[] => {
    const answer = solved(request)
    for (const value of [...answer.weights, answer.objective, answer.volatility, answer.turnover])
      expect(Number.isFinite(value)).toBe(true)
    return answer.weights
  }

  it('one asset', () => {
    expect(distance(finite({ method: 'kelly_mvo', mu: [0.1], sigma: [[0.04]] }), [1])).toBeLessThan(1e-9)
    for (const method of ['min_variance', 'max_sharpe', 'risk_parity', 'hrp', 'equal_weight'])
      expect(distance(finite({ method, mu: [0.1], sigma: [[0.04]] }), [1])).toBeLessThan(1e-9)
  })

  it('two copies of one asset share what one alone would have', () => {
    const twins = [0, 1, 2].map((i) => [0, 1, 2].map((j) => (i === 2 || j === 2 ? (i === j ? 0.09 : 0.01) : 0.04)))
    const weights = finite({ method: 'kelly_mvo', mu: [0.1, 0.1, 0.12], sigma: twins })
    const alone = finite(two)
    expect((weights[0] ?? 0) + (weights[1] ?? 0)).toBeCloseTo(alone[0] ?? 0, 6)
  })

  it('a covariance of rank one', () => {
    const sigma = [0.1, 0.2, 0.3].map((a) => [0.1, 0.2, 0.3].map((b) => a * b))
    const weights = finite({ method: 'min_variance', sigma, lower: -1, upper: 1 })
    const volatility = Math.abs(weights.reduce((sum, weight, i) => sum + weight * ([0.1, 0.2, 0.3][i] ?? 0), 0))
    expect(volatility).toBeLessThan(1e-5)
  })

  it('an asset without volatility takes what no other earns more for', () => {
    const sigma = [
      [0, 0],
      [0, 0.09],
    ]
    expect(distance(finite({ method: 'min_variance', sigma }), [1, 0])).toBeLessThan(1e-6)
    // Kelly: (0.12 − 0.03)/(2·0.09) = 0.5 in the other.
    expect(distance(finite({ method: 'kelly_mvo', mu: [0.03, 0.12], sigma }), [0.5, 0.5])).toBeLessThan(1e-7)
  })

  it('no volatility at all', () => {
    const sigma = [
      [0, 0],
      [0, 0],
    ]
    expect(distance(finite({ method: 'kelly_mvo', mu: [0.1, 0.2], sigma }), [0, 1])).toBeLessThan(1e-7)
    for (const method of ['risk_parity', 'hrp', 'max_sharpe']) {
      const answer = answerTo({ method, mu: [0.1, 0.2], sigma })
      expect(answer.status).toBe('unsolved')
      if (answer.status === 'unsolved') expect(answer.says).toMatch(/volatility/)
    }
  })

  it('weights that may not move stay, and say so', () => {
    const answer = solved({ ...two, w0: [0.3, 0.7], turnover: 0 })
    expect(distance(answer.weights, [0.3, 0.7])).toBeLessThan(1e-9)
    expect(answer.turnover).toBeLessThan(1e-9)
  })

  it('bounds that leave no choice', () => {
    expect(distance(finite({ ...two, lower: [0.25, 0], upper: [0.25, 1] }), [0.25, 0.75])).toBeLessThan(1e-9)
    expect(distance(finite({ ...two, lower: [0.25, 0.75], upper: [0.25, 0.75] }), [0.25, 0.75])).toBeLessThan(1e-9)
  })

  it('leverage limited to exactly the budget', () => {
    const free = finite(two)
    expect(distance(finite({ ...two, gross: 1 }), free)).toBeLessThan(1e-6)
    expect(distance(finite({ ...two, lower: -1, gross: 1 }), free)).toBeLessThan(1e-6)
  })

  it('five hundred assets', () => {
    const sigma = randomCovariance(500, 7)
    const mu = sigma.map((row, i) => (row[i] ?? 0) * 1.5)
    const answer = solved({
      method: 'kelly_mvo',
      mu,
      sigma,
      upper: 0.02,
      w0: mu.map(() => 0.002),
      turnover: 0.5,
      cost: 0.001,
    })
    expect(Math.abs(answer.cash)).toBeLessThan(1e-8)
    expect(answer.turnover).toBeLessThan(0.5 + 1e-8)
    expect(answer.binding[0]?.limit).toBeDefined()
  }, 30_000)

  it('an expected return below cash everywhere has no best Sharpe ratio', () => {
    const answer = answerTo({ ...two, method: 'max_sharpe', riskFree: 0.2 })
    expect(answer.status).toBe('unsolved')
    if (answer.status === 'unsolved') expect(answer.says).toContain('riskFree 0.2')
  })

  it('a negative edge is all cash where cash is allowed, not the largest weight', () => {
    const weights = finite({ ...two, mu: [-0.1, -0.2], budget: { min: 0, max: 1 } })
    expect(distance(weights, [0, 0])).toBeLessThan(1e-9)
  })
})

describe('a method with one portfolio never bends around a limit', () => {
  const sigma = [
    [0.01, 0],
    [0, 0.09],
  ]

  it('names the bound that risk parity breaks', () => {
    const answer = answerTo({ method: 'risk_parity', sigma, upper: 0.6 })
    expect(answer.status).toBe('infeasible')
    if (answer.status === 'infeasible') {
      expect(answer.infeasible.map(({ limit }) => limit)).toEqual(['upper[0]'])
      expect(answer.says).toContain('risk_parity has one portfolio')
    }
  })

  it('scales the whole portfolio to a volatility, √(w′Σw), not asset by asset', () => {
    // Five assets at 60 % with ρ 0.3: a share of target/σ each would give 49.7 % for a target of 15 %.
    const five = Array.from({ length: 5 }, (_, i) => Array.from({ length: 5 }, (_, j) => 0.36 * (i === j ? 1 : 0.3)))
    const answer = solved({ method: 'equal_weight', sigma: five, volatilityCap: 0.15, budget: { max: 1 } })
    expect(answer.volatility).toBeCloseTo(0.15, 12)
    expect(answer.weights[0]).toBeCloseTo(0.15 / (0.6 * Math.sqrt((1 + 4 * 0.3) * 5)), 12)
    expect(answer.binding.map(({ limit }) => limit)).toEqual(['volatilityCap'])
  })
})
