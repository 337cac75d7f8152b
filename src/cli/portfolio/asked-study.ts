import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import type { Command } from 'commander'
import type { StudyView } from '../../contract/portfolio/study.ts'
import { CommandRefusal } from '../command-refusal.ts'
import { dataDirOf, withBook, withDesk, type SharedOptions } from '../open-book.ts'
import { progressBar } from '../progress-bar.ts'
import type { Terminal } from '../terminal.ts'

/** What is studied: the open book, or files. */
export interface StudyOptions extends SharedOptions {
  readonly bars?: string
  readonly symbols?: string
  readonly lookback?: string
  readonly linkage?: string
}

/** Periods looked back on: of a book, and of a matrix built from files (SPEC 6). */
const USUAL = { book: 60, files: 250 }
const PRICES = /\.(?:csv|txt|tsv)(?:\.gz)?$|\.zip$/i

/** Adds the options of a study. */
export function studyOptions(command: Command): Command {
  return command
    .option('--bars <folder>', 'a folder of price files, one a symbol or one column a symbol, or one such file')
    .option('--symbols <list>', 'symbols with commas between; all with daily bars where left out')
    .option('--lookback <periods>', `common periods looked back on (${USUAL.book}; ${USUAL.files} of files)`)
    .option('--linkage <how>', 'how clusters join: average or single')
}

/** Makes the study that the options ask for; files are read without a book. */
export async function askedStudy(
  terminal: Terminal,
  options: StudyOptions,
): Promise<{ readonly view: StudyView; readonly notes: readonly string[] }> {
  const symbols = listOf(options.symbols)
  const linkage = linkageOf(options.linkage)
  if (options.bars === undefined)
    return withBook(options, terminal, async ({ calls }) => ({
      view: await calls.portfolio.study({
        linkage,
        lookback: options.lookback ?? USUAL.book,
        ...(symbols === null ? {} : { symbols }),
      }),
      notes: [],
    }))
  const files = priceFiles(options.bars)
  const lookBack = lookBackOf(options.lookback)
  return withDesk({ dataDir: await dataDirOf(options), bookPath: null }, terminal, ({ opened }) =>
    opened
      .studyFiles(
        files.map((path) => ({ name: basename(path), bytes: readFileSync(path) })),
        {
          lookBack,
          linkage,
          symbols,
          tell: (done, of, name) => terminal.progress(`${progressBar(done, of)} ${name}`),
        },
      )
      .finally(() => terminal.progress(undefined)),
  )
}

/** Words with commas between, each once; `null` where nothing is said. */
export function listOf(words: string | undefined): string[] | null {
  if (words === undefined) return null
  return [...new Set(words.split(',').map((word) => word.trim()))].filter((word) => word !== '')
}

function linkageOf(word: string | undefined): 'average' | 'single' {
  if (word === undefined || word === 'average') return 'average'
  if (word === 'single') return 'single'
  throw new CommandRefusal('USAGE', `--linkage is «${word}»: give average or single.`, '--linkage')
}

function lookBackOf(word: string | undefined): number {
  const periods = word === undefined ? USUAL.files : Number(word)
  if (Number.isInteger(periods) && periods >= 20 && periods <= 2_000) return periods
  throw new CommandRefusal('USAGE', `--lookback is «${word ?? ''}»: give a whole number from 20 to 2000.`, '--lookback')
}

function priceFiles(path: string): readonly string[] {
  const folder = resolve(path)
  const found = statSync(folder, { throwIfNoEntry: false })
  if (found === undefined) throw new CommandRefusal('FILE_MISSING', `There is no ${folder}.`, '--bars')
  if (!found.isDirectory()) return [folder]
  const files = readdirSync(folder)
    .filter((name) => PRICES.test(name))
    .sort()
    .map((name) => join(folder, name))
  if (files.length > 0) return files
  throw new CommandRefusal('FILE_MISSING', `${folder} holds no .csv, .csv.gz or .zip file.`, '--bars')
}
