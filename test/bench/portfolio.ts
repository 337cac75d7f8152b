import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/**
 * Our optimiser, risk parity and eigenvalues against cvxopt, R quadprog, NumPy, Numba and LAPACK on the same problems, in turn
 * on one core in the same run. Ratios are medians over the rounds of the ratios within a round; above 1 ours is faster.
 * Run: `node test/bench/portfolio.ts [rounds]`. Without the peers' scripts beside the project there is nothing to compare with.
 */
interface Timing {
  readonly mode?: string
  readonly n: number
  readonly engine: string
  readonly ms: number
}

const ROUNDS = Number(process.argv[2] ?? 3)
const SIZES = '50,500'
const shared = resolve('../shared/bench')
if (!existsSync(shared)) {
  console.log('not run: the scripts of the peers are not beside the project')
  process.exit(0)
}
const folder = mkdtempSync(join(tmpdir(), 'ballast-portfolio-'))
cpSync(shared, folder, { recursive: true })
const python = '/usr/bin/python3'
const at = (name: string): string => join(folder, name)

// The problems, and the answers of the first peer that ours are held against.
run([python, at('qp/gen.py')], at('qp'))
run([python, at('qp/peer_cvxopt.py'), SIZES, 'qp', 'sparse'], at('qp'))
run([python, at('qp/peer_cvxopt.py'), SIZES, 'soc'], at('qp'))

const engines: readonly (readonly [string, ...string[]])[] = [
  [process.execPath, resolve('test/bench/portfolio/own-solver.ts'), at('qp'), SIZES],
  [python, at('qp/peer_cvxopt.py'), SIZES, 'qp', 'sparse'],
  [python, at('qp/peer_cvxopt.py'), SIZES, 'soc'],
  ['Rscript', at('qp/peer_quadprog.R'), '50'],
  [python, at('qp/peer_numpy_ipm.py'), SIZES],
  [python, at('rp/peer_rp.py'), SIZES],
  [python, at('eig/peer_eigh.py')],
  [process.execPath, resolve('test/bench/portfolio/own-eigen.ts')],
]
const rounds: Timing[][] = []
for (let round = 0; round < ROUNDS; round++) {
  rounds.push(engines.flatMap((command) => timings(run(['taskset', '-c', '0', ...command], at('qp')))))
  console.log(`round ${round + 1} of ${ROUNDS}`)
}

const solver = (engine: string): boolean => engine.startsWith('ballast') && !engine.includes('parity')
const parity = (engine: string): boolean => engine === 'ballast risk parity'
const eigen = (engine: string): boolean => engine === 'ballast wasm-simd'
const named =
  (start: string) =>
  (engine: string): boolean =>
    engine.startsWith(start)

compare('n = 50, against cvxopt', 50, 'qp', solver, named('cvxopt'), 4.5)
compare('n = 50 with the volatility cap, against cvxopt', 50, 'soc', solver, named('cvxopt'), 18)
compare('n = 50, against R quadprog', 50, 'qp', solver, named('R quadprog'), 7)
compare('n = 500, against cvxopt', 500, 'qp', solver, named('cvxopt'), 4)
compare('n = 500 with the volatility cap, against cvxopt', 500, 'soc', solver, named('cvxopt'), 40)
compare('n = 500, against NumPy with the same algorithm', 500, 'qp', solver, named('numpy_ipm'), 1 / 1.4)
compare('n = 500 with the volatility cap, against NumPy', 500, 'soc', solver, named('numpy_ipm'), 1 / 1.4)
compare('risk parity n = 500, against NumPy', 500, '', parity, named('numpy_ccd'), 5)
compare('risk parity n = 500, against Numba', 500, '', parity, named('numba_ccd'), 1 / 1.7)
for (const [n, goal] of [
  [50, 1],
  [200, 1 / 2],
  [500, 1 / 3],
] as const)
  compare(
    `eigenvalues n = ${n}, against numpy.linalg.eigh`,
    n,
    '',
    eigen,
    (engine) => engine === 'numpy.linalg.eigh',
    goal,
  )

function compare(
  title: string,
  n: number,
  mode: string,
  ours: (engine: string) => boolean,
  theirs: (engine: string) => boolean,
  goal: number,
): void {
  const time = (round: readonly Timing[], belongs: (engine: string) => boolean): number =>
    Math.min(
      ...round.filter((one) => one.n === n && (one.mode ?? '') === mode && belongs(one.engine)).map(({ ms }) => ms),
    )
  const ratios = rounds.map((round) => time(round, theirs) / time(round, ours)).filter(Number.isFinite)
  if (ratios.length === 0) {
    console.log(`${title}: not run, the peer does not run here`)
    return
  }
  const ratio = middle(ratios)
  const own = middle(rounds.map((round) => time(round, ours)))
  const verdict = ratio >= goal ? 'reached' : 'MISSED'
  console.log(`${title}: ${ratio.toFixed(2)} × as fast, ${own.toFixed(3)} ms (goal ${goal.toFixed(2)}: ${verdict})`)
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN
}

function timings(text: string): Timing[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Timing)
}

/** What a command prints; nothing where it is not on this machine. */
function run([program, ...words]: readonly [string, ...string[]], cwd: string): string {
  const env = { ...process.env, OPENBLAS_NUM_THREADS: '1', NUMBA_NUM_THREADS: '1' }
  try {
    return execFileSync(program, words, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  } catch (error) {
    console.log(`left out: ${program} ${words[0] ?? ''}: ${error instanceof Error ? error.message.split('\n')[0] : ''}`)
    return ''
  }
}
