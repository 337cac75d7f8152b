import { createRequire } from 'node:module'
import loadHighs from 'highs'
import { beforeAll, describe, expect, it } from 'vitest'
import { answerTo, dice, distance, randomCovariance, solved, type Request } from './solve-problem.ts'

/** Goldfarb and Idnani's dual method; every list begins at 1. */
interface Quadprog {
  solveQP(
    quadratic: number[][],
    linear: number[],
    limits: number[][],
    bounds: number[],
    equalities: number,
  ): { readonly solution: number[]; readonly value: number[]; readonly message: string }
}

const quadprog = createRequire(import.meta.url)('quadprog') as Quadprog
const fromOne = <T>(list: readonly T[]): T[] => [undefined as T, ...list]

interface Drawn {
  readonly sigma: number[][]
  readonly mu: number[]
  readonly upper: number[]
  readonly w0: number[]
  readonly cost: number[]
}

function drawn(order: number, seed: number): Drawn {
  const roll = dice(seed + 5)
  const each = (make: () => number): number[] => Array.from({ length: order }, make)
  return {
    sigma: randomCovariance(order, seed),
    mu: each(() => 0.25 * roll() - 0.03),
    upper: each(() => (1.3 + roll()) / order),
    w0: each(() => 1 / order),
    cost: each(() => 0.004 * roll()),
  }
}

const sizes = [3, 5, 8, 12, 15].flatMap((order) => [1, 2, 3].map((seed) => ({ order, seed })))

describe('quadprog finds the same portfolio, or none as well', () => {
  it.each(sizes)('of $order assets, draw $seed, with a full budget, bounds and a group', ({ order, seed }) => {
    const { sigma, mu, upper } = drawn(order, seed)
    const most = 1.2 / order
    const unit = (i: number, value: number): number[] => mu.map((_, j) => (i === j ? value : 0))
    const columns = [
      mu.map(() => 1),
      ...mu.map((_, i) => unit(i, 1)),
      ...mu.map((_, i) => unit(i, -1)),
      mu.map((_, i) => (i < 2 ? -1 : 0)),
    ]
    const limits = mu.map((_, i) => fromOne(columns.map((column) => column[i] ?? 0)))
    const bounds = [1, ...mu.map(() => 0), ...upper.map((one) => -one), -most]
    const found = quadprog.solveQP(
      fromOne(sigma.map((row) => fromOne(row.map((value) => 2 * value)))),
      fromOne(mu),
      fromOne(limits),
      fromOne(bounds),
      1,
    )
    const request: Request = { method: 'kelly_mvo', sigma, mu, upper, groups: [{ members: [0, 1], max: most }] }
    if (found.message !== '') {
      expect(found.message).toContain('inconsistent')
      expect(answerTo(request).status).toBe('infeasible')
      return
    }
    const answer = solved(request)
    expect(distance(answer.weights, found.solution.slice(1))).toBeLessThan(1e-7)
    expect(Math.abs(answer.objective + (found.value[1] ?? Number.NaN))).toBeLessThan(1e-9)
  })
})

describe('HiGHS finds the same portfolio', () => {
  let highs: Awaited<ReturnType<typeof loadHighs>>
  beforeAll(async () => {
    highs = await loadHighs()
  })

  it.each(sizes)('of $order assets, draw $seed, with costs, a turnover and cash', ({ order, seed }) => {
    const { sigma, mu, upper, w0, cost } = drawn(order, seed)
    const turnover = 0.4
    const found = highs.solve(modelText({ sigma, mu, upper, w0, cost }, turnover))
    expect(found.Status).toBe('Optimal')
    const answer = solved({ method: 'kelly_mvo', sigma, mu, upper, w0, cost, turnover, budget: { min: 0.5, max: 1 } })
    expect(Math.abs(answer.objective + found.ObjectiveValue)).toBeLessThan(2e-7)
  })

  it.each(sizes)('of $order assets, draw $seed, of which only the return counts', ({ order, seed }) => {
    const { sigma, mu, upper, w0 } = drawn(order, seed)
    const none = sigma.map((row) => row.map(() => 0))
    const found = highs.solve(modelText({ sigma: none, mu, upper, w0, cost: mu.map(() => 0.001) }, 0.3))
    const answer = solved({
      method: 'kelly_mvo',
      sigma: none,
      mu,
      upper,
      w0,
      cost: 0.001,
      turnover: 0.3,
      budget: { min: 0.5, max: 1 },
    })
    expect(Math.abs(answer.objective + found.ObjectiveValue)).toBeLessThan(1e-8)
  })
})

/** The problem as text: buys b and sells s beside the weights w. */
function modelText({ sigma, mu, upper, w0, cost }: Drawn, turnover: number): string {
  const terms = (parts: readonly (readonly [number, string])[]): string =>
    parts.map(([factor, name]) => `${factor < 0 ? '-' : '+'} ${Math.abs(factor).toFixed(17)} ${name}`).join(' ')
  const linear = mu.flatMap((mean, i): [number, string][] => [
    [-mean, `w${i}`],
    [cost[i] ?? 0, `b${i}`],
    [cost[i] ?? 0, `s${i}`],
  ])
  const squares = sigma.flatMap((row, i) =>
    row.flatMap((value, j): [number, string][] =>
      value === 0 || j < i ? [] : [[2 * value * (i === j ? 1 : 2), i === j ? `w${i} ^ 2` : `w${i} * w${j}`]],
    ),
  )
  const quadratic = squares.length === 0 ? '' : ` + [ ${terms(squares)} ] / 2`
  const all = (name: string): [number, string][] => mu.map((_, i) => [1, `${name}${i}`])
  const moves = mu.map((_, i) => ` m${i}: w${i} - b${i} + s${i} = ${(w0[i] ?? 0).toFixed(17)}`)
  const bounds = upper.map((most, i) => ` 0 <= w${i} <= ${most.toFixed(17)}`)
  return `Minimize
 obj: ${terms(linear)}${quadratic}
Subject To
 most: ${terms(all('w'))} <= 1
 least: ${terms(all('w'))} >= 0.5
 turnover: ${terms([...all('b'), ...all('s')])} <= ${turnover}
${moves.join('\n')}
Bounds
${bounds.join('\n')}
End`
}
