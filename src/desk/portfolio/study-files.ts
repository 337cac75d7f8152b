import type { StudyView } from '../../contract/portfolio/study.ts'
import type { DailyCloses } from '../../domain/market/aligned-returns.ts'
import { settingsOf, studyMarkets } from '../../domain/market/markets-study.ts'
import type { Linkage } from '../../domain/stats/cluster-order.ts'
import type { ImportShelf } from '../import/ports.ts'
import { DeskRefusal } from '../refusal.ts'
import { accepted } from '../simulate/read-figures.ts'
import { studyView } from './study-view.ts'

/** A file of prices: one instrument, or one column each. */
export interface PriceFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** What is studied of files. */
export interface FilesWanted {
  readonly lookBack: number
  readonly linkage: Linkage
  /** All where `null`. */
  readonly symbols: readonly string[] | null
  /** UTC milliseconds: later rows are in the future. */
  readonly now: number
  /** Is told each file before it is read, and then that the matrix is made. */
  readonly tell: (done: number, of: number, name: string) => void
}

/** A study of files, with what was noted of each. */
export interface FilesStudy {
  readonly view: StudyView
  readonly notes: readonly string[]
}

const FORMAT = 'csv-bars'

/** Studies daily prices in files without a book; a file that cannot be read is refused by its name and line. */
export async function studyFiles(
  shelf: ImportShelf,
  files: readonly PriceFile[],
  wanted: FilesWanted,
): Promise<FilesStudy> {
  const closes = new Map<string, DailyCloses>()
  const notes: string[] = []
  for (const [index, file] of files.entries()) {
    wanted.tell(index, files.length, file.name)
    const read = await readCloses(shelf, file, wanted.now)
    notes.push(...read.notes.map((note) => `${file.name}: ${note}`))
    for (const one of read.closes) {
      if (closes.has(one.symbol))
        throw new DeskRefusal('FILE_REFUSED', `${one.symbol} is in ${file.name} and in another file: keep one.`, 'bars')
      closes.set(one.symbol, one)
    }
  }
  wanted.tell(files.length, files.length, 'the matrix')
  const chosen =
    wanted.symbols === null ? [...closes.values()] : wanted.symbols.map((symbol) => chosenOf(closes, symbol))
  const recent = chosen.map((one) => lastOf(one, wanted.lookBack))
  const study = accepted(studyMarkets(recent, { ...settingsOf(wanted.lookBack), linkage: wanted.linkage }))
  return { view: studyView(study, recent, wanted.now), notes }
}

function chosenOf(closes: ReadonlyMap<string, DailyCloses>, symbol: string): DailyCloses {
  const found = closes.get(symbol)
  if (found !== undefined) return found
  throw new DeskRefusal('NOT_FOUND', `${symbol} is in none of the files; they hold ${namesOf(closes)}.`, 'symbols')
}

function namesOf(closes: ReadonlyMap<string, DailyCloses>): string {
  const names = [...closes.keys()]
  return names.length <= 12 ? names.join(', ') : `${names.slice(0, 12).join(', ')} and ${names.length - 12} more`
}

async function readCloses(
  shelf: ImportShelf,
  { name, bytes }: PriceFile,
  now: number,
): Promise<{ closes: readonly DailyCloses[]; notes: readonly string[] }> {
  const refuse = (says: string): never => {
    throw new DeskRefusal('FILE_REFUSED', `${name}: ${says}`, 'bars')
  }
  const format = shelf.formats.find(({ id }) => id === FORMAT)
  const opened = await shelf.open(name, bytes)
  if (!opened.ok) return refuse(opened.error)
  const context = { now, accountTimeZone: 'UTC', accountCurrency: 'USD', currencyOf: () => undefined }
  const read = format?.read(opened.value, format.recognise(opened.value, context).settings, context)
  if (read === undefined) return refuse('there is no format for prices.')
  if (!read.ok) return refuse(read.error)
  const { bars, problems, notes, instruments } = read.value
  const fault = problems.find(({ severity }) => severity !== 'warning')
  if (fault !== undefined)
    return refuse(`${fault.line > 0 ? `line ${fault.line}: ` : ''}${fault.says} ${fault.proposal}`)
  const calendars = new Map(instruments.map(({ symbol, calendar }) => [symbol, calendar]))
  const columns = new Map<string, { at: number[]; close: number[] }>()
  for (const { bar } of bars) {
    if (bar.interval !== '1d') return refuse(`its bars are ${bar.interval} long: only daily bars can be compared.`)
    const column = columns.get(bar.symbol) ?? { at: [], close: [] }
    columns.set(bar.symbol, column)
    column.at.push(bar.at)
    column.close.push(Number(bar.close))
  }
  return {
    closes: [...columns].map(([symbol, column]) => ({
      symbol,
      calendar: calendars.get(symbol) ?? 'equity',
      ...inOrder(column),
    })),
    notes,
  }
}

function inOrder({ at, close }: { at: number[]; close: number[] }): { at: number[]; close: number[] } {
  const places = [...at.keys()].sort((a, b) => (at[a] ?? 0) - (at[b] ?? 0))
  return { at: places.map((i) => at[i] ?? 0), close: places.map((i) => close[i] ?? Number.NaN) }
}

/** The last bars that hold these periods: the days before say nothing, and there may be decades of them. */
function lastOf(closes: DailyCloses, periods: number): DailyCloses {
  const from = Math.max(0, closes.at.length - Math.ceil(periods * 1.6) - 40)
  return { ...closes, at: Array.from(closes.at).slice(from), close: Array.from(closes.close).slice(from) }
}
