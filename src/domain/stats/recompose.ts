/** Σ λᵢ·vᵢ·vᵢ′, n × n row by row, exactly symmetric, for n values and the rows vᵢ of `vectors`. */
export function recompose(values: Float64Array, vectors: Float64Array): Float64Array {
  const n = values.length
  const matrix = new Float64Array(n * n)
  for (let p = 0; p < n; p++) {
    const value = values[p] as number
    if (value === 0) continue
    const v = vectors.subarray(p * n, (p + 1) * n)
    for (let i = 0; i < n; i++) {
      const scaled = value * (v[i] as number)
      const row = i * n
      for (let j = 0; j <= i; j++) matrix[row + j] = (matrix[row + j] as number) + scaled * (v[j] as number)
    }
  }
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) matrix[j * n + i] = matrix[i * n + j] as number
  return matrix
}
