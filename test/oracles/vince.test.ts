import { describe, expect, it } from 'vitest'
import { growthOptimalFraction, meanLogGrowth } from '../../src/domain/edge/log-growth.ts'

/**
 * Optimal f after Vince, of trade lists printed in «Portfolio Mathematics», by invesdwin and in a trade lab; optimum and
 * terminal wealth recomputed from them. f counts in largest losses: 1 + f·(−trade/largest loss).
 */
const EXPECTED = [
  {
    name: 'coin 2:1',
    trades: [2, -1],
    optimal: 0.24999999999999994,
    wealth: 1.125,
    mean: 1.0606601717798212,
    wealthAt: [
      [0.01, 1.0098],
      [0.1, 1.08],
      [0.2, 1.1199999999999999],
      [0.23, 1.1242],
      [0.24, 1.1248],
      [0.25, 1.125],
      [0.3, 1.1199999999999999],
      [0.5, 1.0],
      [0.995, 0.014950000000000014],
    ],
  },
  {
    name: 'Portfolio Mathematics p.129',
    trades: [100, -500, 1500, -600],
    optimal: 0.12413168553601277,
    wealth: 1.0502444149984556,
    mean: 1.0123311375058175,
    wealthAt: [
      [0.01, 1.00797090625],
      [0.1, 1.0484375],
      [0.2, 1.0333333333333334],
      [0.23, 1.0178846562500004],
      [0.24, 1.0117120000000002],
      [0.25, 1.0050455729166665],
      [0.3, 0.9646875000000001],
      [0.5, 0.7109374999999999],
      [0.995, 0.003472908203125002],
    ],
  },
  {
    name: 'Portfolio Mathematics p.158',
    trades: [-1, -3, 3, 5],
    optimal: 0.3201995574467572,
    wealth: 1.2295126326710675,
    mean: 1.053011826481825,
    wealthAt: [
      [0.01, 1.01317645],
      [0.1, 1.1165],
      [0.2, 1.1946666666666668],
      [0.23, 1.2097097833333332],
      [0.24, 1.2138111999999999],
      [0.25, 1.2174479166666667],
      [0.3, 1.2285000000000001],
      [0.5, 1.1458333333333335],
      [0.995, 0.01772211145833335],
    ],
  },
  {
    name: 'Portfolio Mathematics p.123',
    trades: [9, 18, 7, 1, 10, -5, -3, -17, -7],
    optimal: 0.23670817986755213,
    wealth: 1.0957186847465208,
    mean: 1.010208474671996,
    wealthAt: [
      [0.01, 1.007514937791402],
      [0.1, 1.0624094383626745],
      [0.2, 1.093231119170135],
      [0.23, 1.095634848276383],
      [0.24, 1.0956984378451282],
      [0.25, 1.0953876397543747],
      [0.3, 1.088113559136861],
      [0.5, 0.9594856871570442],
      [0.995, 0.012765361944471467],
    ],
  },
  {
    name: 'Sanders trade lab',
    trades: [155, 245, -35, 75, -45, 25],
    optimal: 0.5737686894646449,
    wealth: 7.473545735562245,
    mean: 1.3982595131673536,
    wealthAt: [
      [0.01, 1.0953670507500801],
      [0.1, 2.12237015317787],
      [0.2, 3.530804856983185],
      [0.23, 3.981494555018921],
      [0.24, 4.1324918467950615],
      [0.25, 4.283458056782027],
      [0.3, 5.02871574074074],
      [0.5, 7.252918921150233],
      [0.995, 0.13258336980281207],
    ],
  },
]

describe.each(EXPECTED)('optimal f of $name', ({ trades, optimal, wealth, mean, wealthAt }) => {
  const multiples = trades.map((trade) => trade / -Math.min(...trades))

  it('is where growth over the actual trades is greatest', () => {
    expect(growthOptimalFraction(multiples)).toBeCloseTo(optimal, 9)
  })

  it('gives the terminal wealth and geometric mean of the source', () => {
    const growth = meanLogGrowth(multiples, optimal)
    expect(Math.exp(growth * trades.length)).toBeCloseTo(wealth, 9)
    expect(Math.exp(growth)).toBeCloseTo(mean, 9)
  })

  it.each(wealthAt)('at f %d multiplies wealth by %d', (f = 0, expected = 0) => {
    expect(Math.exp(meanLogGrowth(multiples, f) * trades.length)).toBeCloseTo(expected, 9)
  })

  it('does not depend on the order of the trades', () => {
    expect(growthOptimalFraction([...multiples].reverse())).toBeCloseTo(optimal, 9)
  })
})

it('agrees with the optimum the sources print, to their digits', () => {
  expect(growthOptimalFraction([2, -1])).toBeCloseTo(0.25, 2)
  expect(growthOptimalFraction([155, 245, -35, 75, -45, 25].map((trade) => trade / 45))).toBeCloseTo(0.574, 3)
})
