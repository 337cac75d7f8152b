import type { FieldReader } from './field-reader.ts'
import { typescriptAlgebra } from './typescript-algebra.ts'

/** Entries that should mirror each other may differ by this share of the largest. */
const MIRRORED = 1e-9
/** An eigenvalue below minus this share of the largest variance is not rounding. */
const NEGATIVE = 1e-9
const MOST_ASSETS = 2000

/**
 * Reads Σ: rows of numbers, or factors `{B, d}` for B·B′ plus the diagonal d, which are multiplied out. Checked to be
 * square, symmetric and without a negative eigenvalue; the answer is row-major and exactly symmetric.
 */
export function readCovariance(
  reader: FieldReader,
  value: unknown,
): { readonly sigma: Float64Array; readonly order: number } | undefined {
  const before = reader.faults.length
  const read = Array.isArray(value) || value === undefined ? readRows(reader, value) : readFactors(reader, value)
  if (read === undefined || reader.faults.length > before) return undefined
  if (!isCovariance(read.sigma, read.order)) {
    const says =
      'sigma is not a covariance matrix: it has a negative eigenvalue, so some portfolio would have a negative variance; repair it to the nearest covariance first.'
    reader.fault('INPUT_OUT_OF_RANGE', 'sigma', says)
    return undefined
  }
  return read
}

type Read = { readonly sigma: Float64Array; readonly order: number } | undefined

function readRows(reader: FieldReader, value: unknown): Read {
  const rows = reader.list('sigma', value)
  const order = countOf(reader, 'sigma', rows.length)
  if (order === undefined) return undefined
  const sigma = new Float64Array(order * order)
  let largest = 0
  for (const [row, given] of rows.entries()) {
    const numbers = reader.numbers(`sigma[${row}]`, given, order)
    if (numbers === undefined) return undefined
    sigma.set(numbers, row * order)
    for (const number of numbers) largest = Math.max(largest, Math.abs(number))
  }
  for (let row = 0; row < order; row++) {
    for (let column = 0; column < row; column++) {
      const [one, other] = [sigma[row * order + column] as number, sigma[column * order + row] as number]
      if (Math.abs(one - other) > MIRRORED * largest) {
        const field = `sigma[${row}][${column}]`
        const says = `${field} is ${one} and sigma[${column}][${row}] is ${other}; a covariance is symmetric, so they must be the same.`
        reader.fault('INPUT_OUT_OF_RANGE', field, says)
        return undefined
      }
      sigma[row * order + column] = sigma[column * order + row] = (one + other) / 2
    }
  }
  return { sigma, order }
}

function readFactors(reader: FieldReader, value: unknown): Read {
  const fields = reader.fields('sigma', value, ['B', 'd'])
  const rows = reader.list('sigma.B', fields.get('B'))
  const order = countOf(reader, 'sigma.B', rows.length)
  const own = reader.numbers('sigma.d', fields.get('d'), order, { from: 0 })
  if (order === undefined || own === undefined) return undefined
  const loadings: Float64Array[] = []
  for (const [row, given] of rows.entries()) {
    const numbers = reader.numbers(`sigma.B[${row}]`, given, row === 0 ? undefined : loadings[0]?.length)
    if (numbers === undefined) return undefined
    loadings.push(numbers)
  }
  const sigma = new Float64Array(order * order)
  for (let row = 0; row < order; row++) {
    const left = loadings[row] as Float64Array
    for (let column = 0; column <= row; column++) {
      const right = loadings[column] as Float64Array
      let sum = row === column ? (own[row] as number) : 0
      for (let factor = 0; factor < left.length; factor++) sum += (left[factor] as number) * (right[factor] as number)
      sigma[row * order + column] = sigma[column * order + row] = sum
    }
  }
  return { sigma, order }
}

function countOf(reader: FieldReader, field: string, count: number): number | undefined {
  if (count > 0 && count <= MOST_ASSETS) return count
  if (reader.faults.length === 0)
    reader.fault(
      'INPUT_OUT_OF_RANGE',
      field,
      `${field} has ${count} rows; it must have one per asset, from 1 to ${MOST_ASSETS}.`,
    )
  return undefined
}

/** A covariance with a little added to its diagonal can be factored, whatever its rank. */
function isCovariance(sigma: Float64Array, order: number): boolean {
  let largest = 0
  for (let i = 0; i < order; i++) {
    const variance = sigma[i * order + i] as number
    if (variance < 0) return false
    largest = Math.max(largest, variance)
  }
  if (largest === 0) return sigma.every((entry) => entry === 0)
  const room = typescriptAlgebra.room(order)
  room.base.set(sigma)
  room.combine(1, new Float64Array(order).fill(NEGATIVE * largest))
  return room.factor() === 0
}
