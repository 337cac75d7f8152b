import type { SettledReturns } from '../plan.ts'
import { RandomStream, STREAMS } from '../random/random-stream.ts'
import type { RunSeed } from '../random/run-seed.ts'
import type { OutcomeSource } from './outcome-source.ts'

/** Portfolio returns per step with the weights multiplied by `exposure`, drawn and added up as the kernel of normals does. */
export function returnsSource(seed: RunSeed, model: SettledReturns, exposure: number): OutcomeSource {
  const stream = new RandomStream()
  const { drift, factor, degreesOfFreedom } = model
  const assets = drift.length
  const weights = model.weights.map((weight) => weight * exposure)
  const normals = new Float64Array(assets)
  return {
    fill(path, out) {
      stream.start(seed, STREAMS.outcomes, path)
      for (let step = 0; step < out.length; step++) {
        for (let asset = 0; asset < assets; asset++) normals[asset] = stream.normal()
        if (degreesOfFreedom !== undefined) stretch(stream, normals, degreesOfFreedom)
        let sum = 0
        for (let row = 0; row < assets; row++) {
          let y = drift[row] as number
          for (let column = 0; column <= row; column++) {
            y += (factor[row * assets + column] as number) * (normals[column] as number)
          }
          sum += (weights[row] as number) * y
        }
        out[step] = sum
      }
    },
  }
}

/** Makes normals Student-t of unit variance with one common divisor: √((ν − 2)/χ²). */
function stretch(stream: RandomStream, normals: Float64Array, degreesOfFreedom: number): void {
  const factor = Math.sqrt((degreesOfFreedom - 2) / (2 * stream.gamma(degreesOfFreedom / 2)))
  for (let asset = 0; asset < normals.length; asset++) normals[asset] = (normals[asset] as number) * factor
}
