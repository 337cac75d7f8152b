import { wasmEigen } from '../../../src/wasm/wasm-eigen.ts'
import { symmetricEigen } from '../../../src/domain/stats/symmetric-eigen.ts'

// Eigenvalues and eigenvectors of sample correlation matrices, CPU time, as JSON lines {n, engine, ms} for a paired run with
// other libraries. node test/bench/portfolio/own-eigen.ts [SIZES]

const ROUNDS = 7

/** A correlation matrix of 2n observations of n series on three factors, row-major. */
function correlation(n: number): Float64Array {
  let state = n + 1
  const roll = (): number => {
    let sum = -6
    for (let k = 0; k < 12; k++) sum += (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
    return sum
  }
  const loadings = Array.from({ length: n }, () => [roll(), roll(), roll()])
  const rows = Array.from({ length: 2 * n }, () => {
    const factors = [roll(), roll(), roll()]
    return loadings.map((own) => own.reduce((sum, one, k) => sum + 0.5 * one * (factors[k] ?? 0), roll()))
  })
  const together = (i: number, j: number): number => rows.reduce((sum, row) => sum + (row[i] ?? 0) * (row[j] ?? 0), 0)
  const own = loadings.map((_, i) => together(i, i))
  return Float64Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n]
    return together(i, j) / Math.sqrt((own[i] ?? 1) * (own[j] ?? 1))
  })
}

const engines = [
  ['ballast wasm-simd', wasmEigen()],
  ['ballast typescript', symmetricEigen],
] as const

for (const n of (process.argv[2] ?? '50,200,500').split(',').map(Number)) {
  const matrix = correlation(n)
  for (const [engine, decompose] of engines) {
    const repeats = Math.max(1, Math.round(3e6 / n ** 2.6))
    // The processor's code is made in the first moments, as a compiled peer's was long ago.
    for (const began = process.cpuUsage(); process.cpuUsage(began).user < 500_000;) decompose(matrix, n)
    let best = Infinity
    for (let round = 0; round < ROUNDS; round++) {
      const began = process.cpuUsage()
      for (let repeat = 0; repeat < repeats; repeat++) decompose(matrix, n)
      const { user, system } = process.cpuUsage(began)
      best = Math.min(best, (user + system) / 1000 / repeats)
    }
    process.stdout.write(`${JSON.stringify({ n, engine, ms: Number(best.toFixed(4)) })}\n`)
  }
}
