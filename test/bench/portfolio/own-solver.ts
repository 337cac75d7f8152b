import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compileProblem } from '../../../src/domain/portfolio/optimiser/compile-problem.ts'
import { interiorPoint } from '../../../src/domain/portfolio/optimiser/interior-point.ts'
import { readProblem } from '../../../src/domain/portfolio/optimiser/read-problem.ts'
import { riskParity } from '../../../src/domain/portfolio/risk-parity/risk-parity.ts'
import { algebraAtHand } from '../../../src/wasm/wasm-algebra.ts'

// Portfolio problems of rising size, CPU time each, as JSON lines {mode, n, engine, ms} for a paired run with other solvers.
// node test/bench/portfolio/own-solver.ts FOLDER [SIZES]: FOLDER holds prob_<n>_<k>.json and, where there are any, ref_<mode>_<n>_<k>.json.

interface Instance {
  readonly n: number
  readonly S: readonly (readonly number[])[]
  readonly mu: readonly number[]
  readonly w0: readonly number[]
  readonly lb: readonly number[]
  readonly ub: readonly number[]
  readonly group: readonly number[]
  readonly cap: readonly number[]
  readonly sumcap: number
  readonly turnover: number
  readonly cost: number
  readonly lam: number
  readonly volcap: number
}

const INSTANCES = 5
const ROUNDS = 5
const [folder, sizes = '5,20,50,100,200,500'] = process.argv.slice(2)
if (folder === undefined) throw new Error('name the folder of problems')
const algebra = algebraAtHand()

function instance(n: number, k: number): Instance {
  return JSON.parse(readFileSync(join(folder ?? '', `prob_${n}_${k}.json`), 'utf8')) as Instance
}

function programOf(p: Instance, mode: string) {
  const read = readProblem({
    method: 'kelly_mvo',
    mu: p.mu,
    sigma: p.S,
    w0: p.w0,
    lower: p.lb,
    upper: p.ub,
    groups: p.cap.map((max, group) => ({ members: p.group.flatMap((one, i) => (one === group ? [i] : [])), max })),
    budget: { max: p.sumcap },
    turnover: p.turnover,
    cost: p.cost,
    lambda: p.lam,
    volatilityCap: mode === 'soc' ? p.volcap : null,
  })
  if (!read.ok) throw new Error(read.error[0]?.says)
  return compileProblem(read.value).program
}

/** Milliseconds of CPU that one call takes, the best of some rounds. */
function milliseconds(repeats: number, work: () => unknown): number {
  // The processor's code is made in the first moments, as a compiled peer's was long ago.
  for (const began = process.cpuUsage(); process.cpuUsage(began).user < 300_000;) work()
  let best = Infinity
  for (let round = 0; round < ROUNDS; round++) {
    const began = process.cpuUsage()
    for (let repeat = 0; repeat < repeats; repeat++) work()
    const { user, system } = process.cpuUsage(began)
    best = Math.min(best, (user + system) / 1000 / repeats)
  }
  return best
}

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN
}

/** How far the objective is from the reference of another solver; 0 where there is none. */
function apart(p: Instance, weights: Float64Array, reference: string): number {
  if (!existsSync(reference)) return 0
  let objective = 0
  for (const [i, weight] of weights.entries()) {
    objective += (p.mu[i] ?? 0) * weight - p.cost * Math.abs(weight - (p.w0[i] ?? 0))
    for (const [j, other] of weights.entries()) objective -= 0.5 * p.lam * weight * (p.S[i]?.[j] ?? 0) * other
  }
  return Math.abs(objective - (JSON.parse(readFileSync(reference, 'utf8')) as { obj: number }).obj)
}

for (const n of sizes.split(',').map(Number)) {
  for (const mode of ['qp', 'soc']) {
    let worst = 0
    const times = Array.from({ length: INSTANCES }, (_, k) => {
      const p = instance(n, k)
      const program = programOf(p, mode)
      const { weights, status } = interiorPoint(program, algebra)
      if (status !== 'optimal') throw new Error(`problem ${n} ${k} is ${status}`)
      worst = Math.max(worst, apart(p, weights, join(folder, `ref_${mode}_${n}_${k}.json`)))
      return milliseconds(Math.max(1, Math.round(3000 / n ** 1.4)), () => interiorPoint(program, algebra))
    })
    const line = { mode, n, engine: `ballast ${algebra.name}`, ms: Number(middle(times).toFixed(4)), apart: worst }
    process.stdout.write(`${JSON.stringify(line)}\n`)
  }
  const sigma = Float64Array.from(instance(n, 0).S.flat())
  const budgets = new Float64Array(n).fill(1 / n)
  const ms = milliseconds(Math.max(1, Math.round(2e6 / n ** 2)), () => riskParity(sigma, budgets, algebra))
  process.stdout.write(`${JSON.stringify({ mode: '', n, engine: 'ballast risk parity', ms: Number(ms.toFixed(4)) })}\n`)
}
