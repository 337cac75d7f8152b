import { runBlocks } from './block-kernel.ts'
import { runBootstrap } from './bootstrap-kernel.ts'
import { runGaussians } from './gaussian-kernel.ts'
import { runTrades } from './trade-kernel.ts'
import type { Kernels } from './kernels.ts'

/** The kernels in plain TypeScript: the reference of every other implementation, and the fallback where none runs. */
export const typescriptKernels: Kernels = {
  name: 'typescript',
  run(job, first, count, into, at) {
    switch (job.kind) {
      case 'blocks':
        runBlocks(job, first, count, into, at)
        break
      case 'bootstrap':
        runBootstrap(job, first, count, into, at)
        break
      case 'trades':
        runTrades(job, first, count, into, at)
        break
      case 'gaussians':
        runGaussians(job, first, count, into, at)
        break
    }
  },
}
