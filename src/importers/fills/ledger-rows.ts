import type { AssetClass, InstrumentSpec } from '../../domain/inputs.ts'
import { dec, divide, text } from '../../domain/kernel/money.ts'
import type { CashFlow } from '../../domain/ledger/records.ts'
import { assumedInstrument, pairOf, type InstrumentSaid } from '../assumed-instrument.ts'
import type { CashFlowRow, FillRow, ImportSettings, ReadingContext } from '../format.ts'
import { clip, type ReadingLog } from '../reading-log.ts'
import type { RowInstant, RowReader } from '../row-reader.ts'

/** A fill as one row tells it. `fee` has the sign of the file. */
export interface ToldFill {
  readonly instant: RowInstant
  readonly symbol: string
  readonly side: 'buy' | 'sell'
  readonly quantity: string
  readonly price: string
  readonly fee?: string | undefined
  readonly feeCurrency?: string | undefined
  /** Currency as written; blank or missing means the file's. */
  readonly currency?: string | undefined
  readonly fxRate?: string | undefined
  readonly id?: string | undefined
  readonly strategy?: string | undefined
  readonly stop?: string | undefined
  readonly tag?: string | undefined
  readonly profit?: string | undefined
  readonly name?: string | undefined
  readonly instrument?: Partial<InstrumentSaid> | undefined
}

/** A cash flow as one row tells it; the amount is signed, positive in. */
export interface ToldFlow {
  readonly instant: RowInstant
  readonly kind: CashFlow['kind']
  readonly amount: string
  readonly currency?: string | undefined
  readonly fxRate?: string | undefined
  readonly note?: string | undefined
  readonly id?: string | undefined
}

interface Placed<Row> {
  readonly row: Row
  readonly hasTime: boolean
}

/** Gathers the fills and cash flows of a table, and what it says of instruments. */
export class LedgerRows {
  private readonly fills: Placed<FillRow>[] = []
  private readonly flows: Placed<CashFlowRow>[] = []
  private readonly said = new Map<string, InstrumentSaid & { readonly quantities: string[] }>()
  private readonly source: string
  private readonly settings: ImportSettings
  private readonly context: ReadingContext
  private readonly log: ReadingLog

  constructor(source: string, settings: ImportSettings, context: ReadingContext, log: ReadingLog) {
    this.source = source
    this.settings = settings
    this.context = context
    this.log = log
  }

  addFill(reader: RowReader, told: ToldFill): void {
    const read = this.currencyOf(reader, told)
    if (reader.failed || read === undefined) return
    const { currency, price } = read
    this.remember(told, currency)
    this.fills.push({
      hasTime: told.instant.hasTime,
      row: {
        line: reader.line,
        keyAt: told.instant.at,
        at: told.instant.at,
        symbol: told.symbol,
        side: told.side,
        quantity: told.quantity,
        price,
        fee: told.fee ?? '0',
        feeCurrency: orElse(told.feeCurrency?.toUpperCase(), currency),
        fxRate: told.fxRate ?? null,
        currency,
        strategy: orNull(told.strategy),
        stop: told.stop ?? null,
        tag: orNull(told.tag),
        executionId: orNull(told.id),
        statedProfit: told.profit ?? null,
        source: this.source,
      },
    })
  }

  addFlow(reader: RowReader, told: ToldFlow): void {
    const written = orElse(told.currency?.toUpperCase(), '')
    const currency = written === '' ? this.fileCurrency() : written
    if (!/^[A-Z0-9]{2,8}$/.test(currency)) {
      reader.failRole('currency', `"${clip(currency)}" is not a currency.`, 'Write its three-letter code, such as USD.')
      return
    }
    if (told.amount === '0') {
      this.log.skip(reader.line, 'The amount is 0.')
      return
    }
    this.flows.push({
      hasTime: told.instant.hasTime,
      row: {
        line: reader.line,
        keyAt: told.instant.at,
        at: told.instant.at,
        kind: told.kind,
        amount: told.amount,
        currency,
        fxRate: told.fxRate ?? null,
        note: orNull(told.note === undefined ? undefined : clip(told.note)),
        sourceId: orNull(told.id),
        source: this.source,
      },
    })
  }

  /** All rows; fees are positive where they cost, and rows of one day without time keep the order of the file. */
  finish(): {
    readonly fills: readonly FillRow[]
    readonly cashFlows: readonly CashFlowRow[]
    readonly instruments: readonly InstrumentSpec[]
  } {
    const fills = this.feesAsCosts(inDayOrder(this.fills))
    const instruments = [...this.said.values()].map((said) =>
      assumedInstrument(said, `Executions read as ${this.source}`),
    )
    return { fills, cashFlows: this.flows.map((flow) => flow.row), instruments }
  }

  /** Currency of rows that name none. */
  fileCurrency(): string {
    if (this.settings.currency !== undefined) return this.settings.currency
    this.log.warnOnce('currency', {
      line: 0,
      says: `The file names no currency for some rows; they are read as ${this.context.accountCurrency}, the account's currency.`,
      proposal: 'Choose the currency if it is another.',
      setting: 'currency',
    })
    return this.context.accountCurrency
  }

  private currencyOf(
    reader: RowReader,
    told: ToldFill,
  ): { readonly currency: string; readonly price: string } | undefined {
    const written = (told.currency ?? '').trim()
    const pair = pairOf(told.symbol)
    if (written === 'GBX' || written === 'GBp') {
      this.log.note('Prices in pence (GBX) are read as pounds: divided by 100.')
      return { currency: 'GBP', price: text(divide(dec(told.price), dec(100))) }
    }
    const fallback = (): string => {
      if (this.settings.currency !== undefined) return this.settings.currency
      return pair?.currency ?? this.context.currencyOf(told.symbol) ?? this.fileCurrency()
    }
    const currency = written === '' ? fallback() : written.toUpperCase()
    if (/^[A-Z0-9]{2,8}$/.test(currency)) return { currency, price: told.price }
    reader.failRole('currency', `"${clip(currency)}" is not a currency.`, 'Write its three-letter code, such as USD.')
    return undefined
  }

  private remember(told: ToldFill, currency: string): void {
    const known = this.said.get(told.symbol)
    if (known !== undefined) {
      known.quantities.push(told.quantity)
      return
    }
    const assetClass: AssetClass =
      this.settings.assetClass ?? told.instrument?.assetClass ?? pairOf(told.symbol)?.assetClass ?? 'equity'
    const name = orElse(told.name, told.symbol)
    this.said.set(told.symbol, {
      ...told.instrument,
      symbol: told.symbol,
      assetClass,
      currency,
      name,
      quantities: [told.quantity],
    })
  }

  /** Files write costs with either sign; the sign that most of them have is the one of costs, the other that of rebates. */
  private feesAsCosts(fills: readonly FillRow[]): readonly FillRow[] {
    const negative = fills.filter((fill) => fill.fee.startsWith('-')).length
    const positive = fills.filter((fill) => fill.fee !== '0' && !fill.fee.startsWith('-')).length
    if (negative > 0 && positive > 0) {
      this.log.warn({
        line: 0,
        says: `Fees have both signs; the ${negative > positive ? 'negative' : 'positive'} ones are read as costs and the others as rebates.`,
        proposal: 'Check the fees in the preview.',
      })
    }
    return negative > positive ? fills.map((fill) => ({ ...fill, fee: opposite(fill.fee) })) : fills
  }
}

/** The number with the other sign. */
export function opposite(value: string): string {
  if (value === '0') return value
  return value.startsWith('-') ? value.slice(1) : `-${value}`
}

/** Rows of one day without time are a millisecond apart, so that first in stays first out; newest-first files are turned. */
function inDayOrder(placed: readonly Placed<FillRow>[]): readonly FillRow[] {
  const first = placed.find((each) => !each.hasTime)?.row.keyAt ?? 0
  const last = placed.findLast((each) => !each.hasTime)?.row.keyAt ?? 0
  const ordered = first > last ? [...placed].reverse() : placed
  const perDay = new Map<number, number>()
  const moved = ordered.map(({ row, hasTime }) => {
    if (hasTime) return row
    const before = perDay.get(row.keyAt) ?? 0
    perDay.set(row.keyAt, before + 1)
    return { ...row, at: row.keyAt + before }
  })
  return first > last ? moved.reverse() : moved
}

function orNull(value: string | undefined): string | null {
  return value === undefined || value === '' || value === '-' ? null : value.slice(0, 120)
}

function orElse(value: string | undefined, other: string): string {
  return value === undefined || value === '' ? other : value
}
