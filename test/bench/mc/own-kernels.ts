import { typescriptKernels } from '../../../src/domain/simulation/kernels/typescript-kernels.ts'
import { drawdownOf, equityOf } from '../../../src/domain/simulation/results/equity-of.ts'
import { pathMeasures } from '../../../src/domain/simulation/results/path-measures.ts'
import { wasmKernels } from '../../../src/wasm/wasm-kernels.ts'
import { LOADS, PATHS } from './loads.ts'

/**
 * One of our kernels on the three loads, as the peers do it: tables and seeds made anew every time, final wealth and
 * drawdown of every path at the end. Prints CPU nanoseconds per step. Run: `node own-kernels.ts wasm|typescript [repeats]`.
 */
const kernels = process.argv[2] === 'typescript' ? typescriptKernels : wasmKernels()
const repeats = Number(process.argv[3] ?? 5)
const measures = pathMeasures(PATHS, 'core')
const [final, drawdown] = [new Float64Array(PATHS), new Float64Array(PATHS)]

for (const load of LOADS) {
  const once = (seed: number): void => {
    kernels.run(load.job(seed), 0, PATHS, measures, 0)
    for (let path = 0; path < PATHS; path++) {
      final[path] = equityOf(measures.logEquity[path] as number)
      drawdown[path] = drawdownOf(measures.logDepth[path] as number)
    }
  }
  for (let warm = 0; warm < 3; warm++) once(1 + warm)
  const times = Array.from({ length: repeats }, (_, repeat) => {
    const before = process.cpuUsage()
    once(42 + repeat)
    const { user, system } = process.cpuUsage(before)
    return ((user + system) * 1000) / load.steps
  }).sort((a, b) => a - b)
  const ns = times[times.length >> 1] ?? Number.NaN
  const median = final.toSorted()[PATHS >> 1]
  const ruin = measures.logLowest.filter((log) => log < Math.log(0.5)).length / PATHS
  const meanDrawdown = drawdown.reduce((sum, value) => sum + value, 0) / PATHS
  console.log(JSON.stringify({ work: load.name, engine: `own_${kernels.name}`, ns, median, meanDrawdown, ruin }))
}
