/** A standard deviation below this share of the values themselves is rounding, not movement. */
const FLAT = 1e-12

/** Whether a weighted sum of squared deviations is more than rounding of values whose own squares sum to `size`. */
export function isMovement(deviations: number, size: number): boolean {
  return deviations > FLAT * FLAT * size
}

/** Whether the known values of a series, NaN where missing, differ by more than rounding. */
export function moves(series: Float64Array): boolean {
  let known = 0
  let sum = 0
  for (const value of series) {
    if (Number.isNaN(value)) continue
    known += 1
    sum += value
  }
  let deviations = 0
  let size = 0
  for (const value of series) {
    if (Number.isNaN(value)) continue
    deviations += (value - sum / known) ** 2
    size += value * value
  }
  return isMovement(deviations, size)
}
