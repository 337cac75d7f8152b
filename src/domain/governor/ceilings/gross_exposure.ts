import { say, sayPercent, text } from '../../kernel/money.ts'
import { fraction, number } from '../../kernel/setting.ts'
import { exposureCeiling } from '../linear-ceiling.ts'
import { defineCeiling } from '../rule.ts'

/** Gross exposure ≤ equity · max exposure · max leverage, working orders counted. */
export const grossExposure = defineCeiling({
  id: 'gross_exposure',
  title: 'Gross exposure',
  code: 'GROSS_EXPOSURE',
  says: 'All positions together, long and short added, stay within equity × exposure × leverage.',
  settings: {
    maxExposure: fraction({
      title: 'Most exposure',
      help: 'Share of the leveraged equity that may be exposed: 0.8 is 80 %.',
      least: '0',
      most: '1',
      above: true,
    }),
    maxLeverage: number({
      title: 'Most leverage',
      help: 'Multiple of equity: 2 is twice.',
      least: '0',
      most: '100',
      above: true,
    }),
  },
  evaluate({ standing, book, notionalPerUnit }, { maxExposure, maxLeverage }) {
    const limit = standing.equity.times(maxExposure).times(maxLeverage)
    return exposureCeiling(
      {
        limit,
        before: book.gross,
        says: `All positions may be ${say(limit)} ${standing.currency} (equity × ${sayPercent(maxExposure)} × ${text(maxLeverage)}); ${say(book.gross)} is held.`,
      },
      notionalPerUnit,
    )
  },
})
