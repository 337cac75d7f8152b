import type { ReturnsModel, SettledReturns } from './plan.ts'

/**
 * Factors the covariance of a portfolio model (Cholesky), or collapses it to the one asset that its constant weights make
 * of it, which has the same law. `undefined` where the covariance is not positive semi-definite.
 */
export function settleReturns(model: ReturnsModel): SettledReturns | undefined {
  const tail = model.kind === 'student-t' ? { degreesOfFreedom: model.degreesOfFreedom } : {}
  const factor = cholesky(model.sigma)
  if (factor === undefined) return undefined
  if (model.everyAsset === true) {
    return { kind: 'returns', drift: model.mu, factor, weights: model.weights, ...tail }
  }
  const { mean, variance } = portfolioMoments(model)
  return { kind: 'returns', drift: [mean], factor: [Math.sqrt(Math.max(variance, 0))], weights: [1], ...tail }
}

/** Mean and variance per step of a portfolio at its weights. */
export function portfolioMoments({ mu, sigma, weights }: ReturnsModel): { mean: number; variance: number } {
  let mean = 0
  let variance = 0
  weights.forEach((weight, row) => {
    mean += weight * (mu[row] ?? 0)
    weights.forEach((other, column) => (variance += weight * other * (sigma[row]?.[column] ?? 0)))
  })
  return { mean, variance }
}

/** Row by row; a pivot within rounding of zero is a column of zeros, one below it ends the attempt. */
function cholesky(sigma: readonly (readonly number[])[]): number[] | undefined {
  const count = sigma.length
  const factor = new Array<number>(count * count).fill(0)
  const at = (row: number, column: number): number => factor[row * count + column] ?? 0
  for (let column = 0; column < count; column++) {
    const diagonal = sigma[column]?.[column] ?? 0
    for (let row = column; row < count; row++) {
      let rest = sigma[row]?.[column] ?? 0
      for (let before = 0; before < column; before++) rest -= at(row, before) * at(column, before)
      if (row === column) {
        if (rest < -1e-12 * diagonal || diagonal < 0) return undefined
        factor[row * count + row] = rest <= 1e-14 * diagonal ? 0 : Math.sqrt(rest)
      } else {
        const pivot = at(column, column)
        if (pivot === 0 && Math.abs(rest) > 1e-9 * Math.sqrt(diagonal * (sigma[row]?.[row] ?? 0))) return undefined
        factor[row * count + column] = pivot === 0 ? 0 : rest / pivot
      }
    }
  }
  return factor
}
