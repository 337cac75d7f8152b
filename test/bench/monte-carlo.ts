import { resolve } from 'node:path'
import { threadPool } from '../../src/workers/thread-pool.ts'
import { LOADS, history, type Load } from './mc/loads.ts'
import { type Engine, peerEngines, pythonLoop, type Timing, timingsOf } from './mc/peers.ts'
import { runSimulation } from '../../src/workers/run-simulation.ts'
import { readPlan } from '../../src/domain/simulation/read-plan.ts'

/**
 * Our kernels against NumPy, Numba and native C on the same loads, in turn on one core in the same run; then two cores
 * against one. Ratios are medians over the rounds of the ratios within a round. Run: `node test/bench/monte-carlo.ts [rounds]`.
 */
const ROUNDS = Number(process.argv[2] ?? 5)
const SCALAR_C = ['c_scalar_xo', 'c_scalar_sfc', 'c_log_sfc', 'c_nobr', 'c_full']
const GOALS: Readonly<Record<Load['name'], readonly [numpy: number, numba: number, c: number]>> = {
  W1: [14, 6, 4],
  W2: [4.5, 1.8, 1.1],
  W3: [2.6, 2.7, 1.4],
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN
const own = (name: string): Engine => ({
  title: name,
  command: [process.execPath, resolve('test/bench/mc/own-kernels.ts'), name, '5'],
  folder: resolve('.'),
})

const { engines, missing, folder } = peerEngines()
for (const reason of missing) console.log(`left out: ${reason}`)
const rounds: Timing[][] = []
for (let round = 0; round < ROUNDS; round++) {
  rounds.push([...engines, own('wasm'), own('typescript')].flatMap(timingsOf))
  console.log(`round ${round + 1} of ${ROUNDS}`)
}

for (const { name, title } of LOADS) {
  console.log(`\n${name}: ${title}`)
  const ours = (engine: string): number[] => rounds.map((round) => timeOf(round, name, (each) => each === engine))
  const peers = [
    ['best NumPy', (engine: string) => engine.startsWith('numpy')],
    ['best Numba', (engine: string) => engine.startsWith('numba')],
    ['best scalar C', (engine: string) => SCALAR_C.includes(engine)],
  ] as const
  for (const engine of ['own_wasm-simd', 'own_typescript']) {
    const times = ours(engine)
    const ratios = peers.map(([peer, belongs], at) => {
      const ratio = median(rounds.map((round, index) => timeOf(round, name, belongs) / (times[index] ?? Number.NaN)))
      const goal = GOALS[name][at] ?? Number.NaN
      const verdict = engine === 'own_wasm-simd' ? ` (goal ${goal}: ${ratio >= goal ? 'reached' : 'MISSED'})` : ''
      return `${ratio.toFixed(1)} × ${peer}${verdict}`
    })
    console.log(`  ${engine}: ${median(times).toFixed(3)} ns a step; ${ratios.join(', ')}`)
  }
}

const loop = pythonLoop(folder)
const bootstrapTime = median(rounds.map((round) => timeOf(round, 'W2', (each) => each === 'own_wasm-simd')))
if (loop !== undefined) {
  const ratio = loop / bootstrapTime
  console.log(`\npure-Python loop: ${ratio.toFixed(0)} × (goal 450: ${ratio >= 450 ? 'reached' : 'MISSED'})`)
}
await twoCores()

function timeOf(round: readonly Timing[], work: string, belongs: (engine: string) => boolean): number {
  return Math.min(...round.filter((each) => each.work === work && belongs(each.engine)).map(({ ns }) => ns))
}

/** Wall time of the bootstrap on the calling thread alone, and with one worker: tens of milliseconds each. */
async function twoCores(): Promise<void> {
  const plan = readPlan({
    model: { kind: 'bootstrap', returns: history() },
    staking: { method: 'fixed_fraction', fraction: 0.02 },
    paths: 100_000,
    trades: 1000,
    seed: 1,
    detail: 'core',
  })
  if (!plan.ok) throw new Error(plan.error[0]?.says)
  const [one, two] = [threadPool({ workers: 0 }), threadPool({ workers: 1 })]
  const wall = async (pool: typeof one): Promise<number> => {
    const start = performance.now()
    await runSimulation(pool, plan.value)
    return performance.now() - start
  }
  for (let warm = 0; warm < 3; warm++) await Promise.all([wall(one), wall(two)])
  const ratios: number[] = []
  const walls: number[] = []
  for (let round = 0; round < 15; round++) {
    const alone = await wall(one)
    const both = await wall(two)
    ratios.push(alone / both)
    walls.push(both)
  }
  const ratio = median(ratios)
  const verdict = ratio >= 1.9 ? 'reached' : 'MISSED'
  console.log(`two cores: ${ratio.toFixed(2)} × one, ${median(walls).toFixed(0)} ms a run (goal 1.9: ${verdict})`)
  await Promise.all([one.close(), two.close()])
}
