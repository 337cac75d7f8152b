import { describe, expect, it } from 'vitest'
import { nearestCorrelation } from '../../src/domain/stats/nearest-correlation.ts'
import { symmetricEigen } from '../../src/domain/stats/symmetric-eigen.ts'

// Higham (2002), IMA J. Numer. Anal. 22, and R's help(Matrix::nearPD); the answers by alternating projections to 1e-15
// and, as a second implementation, R's Matrix::nearPD(corr = TRUE, doDykstra = TRUE).
const TOLERANCE = 1e-7
const cases = [
  {
    name: 'higham_3x3',
    input: [
      [1.0, 1.0, 0.0],
      [1.0, 1.0, 1.0],
      [0.0, 1.0, 1.0],
    ],
    nearest: [
      [1.0, 0.760689853402, 0.157298106138],
      [0.760689853402, 1.0, 0.760689853402],
      [0.157298106138, 0.760689853402, 1.0],
    ],
    distance: 0.5277904635818285,
    clipped: 0.537559223782369,
  },
  {
    name: 'higham_tridiag_4x4',
    input: [
      [2.0, -1.0, 0.0, 0.0],
      [-1.0, 2.0, -1.0, 0.0],
      [0.0, -1.0, 2.0, -1.0],
      [0.0, 0.0, -1.0, 2.0],
    ],
    nearest: [
      [1.0, -0.808412498149, 0.191587501851, 0.106775049026],
      [-0.808412498149, 1.0, -0.656232694807, 0.191587501851],
      [0.191587501851, -0.656232694807, 1.0, -0.808412498149],
      [0.106775049026, 0.191587501851, -0.808412498149, 1.0],
    ],
    distance: 2.1337291087089216,
    clipped: 2.345207879911715,
  },
  {
    name: 'trading_3x3',
    input: [
      [1.0, 0.9, 0.7],
      [0.9, 1.0, 0.3],
      [0.7, 0.3, 1.0],
    ],
    nearest: [
      [1.0, 0.894575291994, 0.696620766589],
      [0.894575291994, 1.0, 0.302543600127],
      [0.696620766589, 0.302543600127, 1.0],
    ],
    distance: 0.009727957339771826,
    clipped: 0.010019580721200712,
  },
  {
    name: 'inconsistent_3x3',
    input: [
      [1.0, 0.9, -0.9],
      [0.9, 1.0, 0.9],
      [-0.9, 0.9, 1.0],
    ],
    nearest: [
      [1.0, 0.5, -0.5],
      [0.5, 1.0, 0.5],
      [-0.5, 0.5, 1.0],
    ],
    distance: 0.9797958971132708,
    clipped: 0.9797958971132713,
  },
  {
    name: 'praktiknjo_6x6',
    input: [
      [1.0, 0.477, 0.644, 0.478, 0.651, 0.826],
      [0.477, 1.0, 0.516, 0.233, 0.682, 0.75],
      [0.644, 0.516, 1.0, 0.599, 0.581, 0.742],
      [0.478, 0.233, 0.599, 1.0, 0.741, 0.8],
      [0.651, 0.682, 0.581, 0.741, 1.0, 0.798],
      [0.826, 0.75, 0.742, 0.8, 0.798, 1.0],
    ],
    nearest: [
      [1.0, 0.487786120558, 0.642930907878, 0.490455427262, 0.644715082908, 0.808210083276],
      [0.487786120558, 1.0, 0.514511539788, 0.250341263233, 0.673249725971, 0.725231710458],
      [0.642930907878, 0.514511539788, 1.0, 0.597281179242, 0.581867304327, 0.744454968224],
      [0.490455427262, 0.250341263233, 0.597281179242, 1.0, 0.730895495688, 0.771398462762],
      [0.644715082908, 0.673249725971, 0.581867304327, 0.730895495688, 1.0, 0.812432125567],
      [0.808210083276, 0.725231710458, 0.744454968224, 0.771398462762, 0.812432125567, 1.0],
    ],
    distance: 0.07429322106703289,
    clipped: 0.08390962832371561,
  },
]

describe.each(cases)('the correlation matrix nearest to $name', ({ input, nearest, distance, clipped }) => {
  const n = input.length
  const found = nearestCorrelation(Float64Array.from(input.flat()), n)

  it('is that of Higham, as R finds it too', () => {
    expect(found.ok).toBe(true)
    if (!found.ok) return
    const apart = nearest.flat().map((value, k) => Math.abs(value - (found.value.matrix[k] ?? NaN)))
    expect(Math.max(...apart)).toBeLessThanOrEqual(TOLERANCE)
    expect(Math.abs(found.value.distance - distance)).toBeLessThanOrEqual(TOLERANCE)
  })

  it('is nearer than clipped and rescaled eigenvalues, and a correlation matrix', () => {
    expect(found.ok && found.value.distance).toBeLessThan(clipped)
    if (!found.ok) return
    expect(symmetricEigen(found.value.matrix, n).values.at(-1)).toBeGreaterThan(-1e-14 * n)
    for (let i = 0; i < n; i++) expect(found.value.matrix[i * n + i]).toBe(1)
  })
})
