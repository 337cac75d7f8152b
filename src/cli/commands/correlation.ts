import { resolve } from 'node:path'
import { defineCommand } from '../define-command.ts'
import { askedStudy, studyOptions, type StudyOptions } from '../portfolio/asked-study.ts'
import { MATRICES, matrixCsv, matrixName, rowsOf } from '../portfolio/matrices.ts'
import { writeWhole } from '../write-whole.ts'

interface Options extends StudyOptions {
  readonly matrix?: string
  readonly out?: string
}

/** A correlation matrix of the book or of price files. */
export const correlation = defineCommand<Options>({
  name: 'correlation',
  says: 'Build a correlation matrix, from the book or from a folder of price files, as CSV or JSON. Missing data is told, never filled.',
  examples: [
    'correlation',
    'correlation --bars prices/ --lookback 250 --matrix shrunk --out matrix.csv',
    'correlation --symbols AAPL,NVDA,SPY --matrix counts --json',
  ],
  options: (command) =>
    void studyOptions(command)
      .option('--matrix <which>', `one of ${MATRICES.join(', ')} (denoised)`)
      .option('--out <file>', 'write the matrix as CSV to a file'),
  action: async (terminal, options) => {
    const name = matrixName(options.matrix)
    const { view, notes } = await askedStudy(terminal, options)
    const rows = rowsOf(view, name)
    const csv = matrixCsv(view.symbols, rows)
    const out = options.out === undefined ? null : resolve(options.out)
    if (out !== null) writeWhole(out, csv, '--out')
    if (!terminal.json) for (const line of [...notes, ...view.leftOut.map(({ says }) => says)]) terminal.note(line)
    return {
      document: {
        matrix: name,
        symbols: view.symbols,
        // JSON has no word for a number that is not known but null.
        values: rows.map((row) => row.map((value) => (Number.isNaN(value) ? null : value))),
        ...(out === null ? {} : { out }),
        from: view.from,
        to: view.to,
        lookback: view.lookback,
        periods: view.periods,
        leastCommon: view.leastCommon,
        leftOut: view.leftOut,
        missing: view.missing,
        missingPairs: view.missingPairs,
        notes: [...notes, ...view.notes],
        says: view.says,
      },
      text: out === null ? csv.trimEnd() : `${view.says}\nThe ${name} matrix is in ${out}.`,
    }
  },
})
