import type { StudyView } from '../../contract/portfolio/study.ts'
import { defineCommand } from '../define-command.ts'
import { figure, percent } from '../figures.ts'
import { askedStudy, studyOptions, type StudyOptions } from '../portfolio/asked-study.ts'
import { rowsOf } from '../portfolio/matrices.ts'
import { strongestPairs } from '../portfolio/strongest-pairs.ts'
import { table } from '../table.ts'

/** Markets studied together, of the book or of price files. */
export const stats = defineCommand<StudyOptions>({
  name: 'stats',
  says: 'Study instruments together: volatilities, correlations, eigenvalues against the noise edge, clusters, and what is missing.',
  examples: ['stats', 'stats --symbols AAPL,NVDA,SPY --lookback 120', 'stats --bars prices/ --lookback 250 --json'],
  options: (command) => void studyOptions(command),
  action: async (terminal, options) => {
    const { view, notes } = await askedStudy(terminal, options)
    return {
      document: {
        ...view,
        raw: rowsOf(view, 'raw'),
        shrunk: rowsOf(view, 'shrunk'),
        denoised: rowsOf(view, 'denoised'),
        low: rowsOf(view, 'low'),
        high: rowsOf(view, 'high'),
        counts: rowsOf(view, 'counts'),
        notes: [...notes, ...view.notes],
      },
      text: studyText(view, notes),
    }
  },
})

function studyText(view: StudyView, notes: readonly string[]): string {
  const right = { align: 'right' } as const
  const clusters = view.order.map((i) => view.symbols[i] ?? '').join(' ')
  const pairs = strongestPairs(view).map(({ a, b, value, low, high, count }) => [
    `${a}, ${b}`,
    figure(value.toFixed(12), 2),
    `${figure(low.toFixed(12), 2)} to ${figure(high.toFixed(12), 2)}`,
    String(count),
  ])
  const assets = view.assets.map((asset) => [
    asset.symbol,
    asset.calendar,
    percent(asset.volatility === null ? null : asset.volatility.toFixed(12)),
    String(asset.known),
    asset.says,
  ])
  const values = view.eigenvalues.slice(0, 8).map((value) => value.toFixed(2))
  return [
    view.says,
    '',
    table(
      [
        { head: 'Symbol' },
        { head: 'Calendar' },
        { head: 'Volatility', ...right },
        { head: 'Periods', ...right },
        { head: 'Missing' },
      ],
      assets,
    ),
    '',
    table(
      [{ head: 'Strongest correlations' }, { head: 'ρ', ...right }, { head: '95 %' }, { head: 'n', ...right }],
      pairs,
    ),
    '',
    `Eigenvalues ${values.join(', ')}${view.eigenvalues.length > values.length ? ', …' : ''}; noise ends at ${view.noise.high.toFixed(2)}, ${view.signals} above it; the first ${view.absorption.components} absorb ${percent(view.absorption.ratio.toFixed(12))}.`,
    `By cluster: ${clusters}`,
    '',
    ...notes,
    ...view.notes,
  ].join('\n')
}
