import { base64Of, bytesOf } from './base64.ts'
import type { PackedMatrix } from './packed-matrix.ts'

/** Packs the cells above the diagonal of a full matrix, n × n row by row. */
export function packMatrix(full: ArrayLike<number>, n: number): PackedMatrix {
  const view = new DataView(new ArrayBuffer(n * (n - 1) * 4))
  let place = 0
  for (let i = 0; i < n; i++)
    for (let j = i + 1; j < n; j++) {
      view.setFloat64(place, full[i * n + j] ?? Number.NaN, true)
      place += 8
    }
  return base64Of(new Uint8Array(view.buffer))
}

/** The full matrix, n × n row by row, with `diagonal` on its diagonal; throws a `RangeError` where the text is of another n. */
export function unpackMatrix(packed: PackedMatrix, n: number, diagonal: number): Float64Array {
  const bytes = bytesOf(packed)
  if (bytes?.length !== n * (n - 1) * 4) throw new RangeError(`a packed matrix of ${n} rows has another length`)
  const view = new DataView(bytes.buffer)
  const full = new Float64Array(n * n)
  let place = 0
  for (let i = 0; i < n; i++) {
    full[i * n + i] = diagonal
    for (let j = i + 1; j < n; j++) {
      full[i * n + j] = full[j * n + i] = view.getFloat64(place, true)
      place += 8
    }
  }
  return full
}
