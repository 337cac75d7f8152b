import type { ImportPreview, ImportProblem, ImportSettings } from '../../contract/imports.ts'
import { numberText } from '../format/number-text.ts'
import type { StateName } from '../kit/state-words.ts'

/** A count with thousands separators. */
export const countText = (count: number): string => numberText(String(count))

/** A count with its noun: `1 row`, `1,125 rows`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${countText(count)} ${count === 1 ? one : many}`

/** The kinds of rows as people call them. */
export const kindWord: Readonly<Record<ImportPreview['kinds'][number]['kind'], string>> = {
  fills: 'fills',
  trades: 'closed trades',
  cashFlows: 'cash flows',
  bars: 'bars',
  marks: 'prices',
  rates: 'exchange rates',
}

/** The shape beside a problem. */
export const problemState = ({ severity }: ImportProblem): StateName =>
  (({ error: 'over', question: 'near', warning: 'stale' }) as const)[severity]

/** The word beside a problem. */
export const problemWord = ({ severity }: ImportProblem): string =>
  ({ error: 'rejected', question: 'needs you', warning: 'warning' })[severity]

/** A setting that is one of a few, as a select offers it. */
export interface SettingChoice {
  readonly name: keyof ImportSettings
  readonly title: string
  readonly choices: readonly { readonly value: string; readonly label: string }[]
}

/** Settings of tables that are one of a few; the empty choice leaves it to be guessed. */
export const tableChoices: readonly SettingChoice[] = [
  {
    name: 'delimiter',
    title: 'Columns parted by',
    choices: [
      { value: ',', label: 'comma ,' },
      { value: ';', label: 'semicolon ;' },
      { value: '\t', label: 'tab' },
      { value: '|', label: 'bar |' },
    ],
  },
  {
    name: 'decimalMark',
    title: 'Decimal mark',
    choices: [
      { value: '.', label: 'point 1,234.5' },
      { value: ',', label: 'comma 1.234,5' },
    ],
  },
  {
    name: 'dateOrder',
    title: 'Dates written',
    choices: [
      { value: 'ymd', label: 'year month day' },
      { value: 'dmy', label: 'day month year' },
      { value: 'mdy', label: 'month day year' },
    ],
  },
  {
    name: 'encoding',
    title: 'Letters',
    choices: ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'].map((value) => ({ value, label: value })),
  },
]

/** Settings of files of bars. */
export const barChoices: readonly SettingChoice[] = [
  {
    name: 'interval',
    title: 'Length of a bar',
    choices: ['1m', '5m', '15m', '1h', '4h', '1d', '1w', '1mo'].map((value) => ({ value, label: value })),
  },
  {
    name: 'priceScale',
    title: 'Prices written',
    choices: [
      { value: '1', label: 'as they are' },
      { value: '10000', label: 'in ten-thousandths' },
    ],
  },
]

/** The class of instruments the book does not know yet. */
export const classChoice: SettingChoice = {
  name: 'assetClass',
  title: 'New instruments are',
  choices: ['equity', 'etf', 'crypto', 'fx', 'future', 'option', 'cfd'].map((value) => ({ value, label: value })),
}
