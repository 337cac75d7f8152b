import type { OpeningPosition, StatementOpening, StatementTotals } from '../format.ts'
import { flexSymbol } from './flex-instrument.ts'
import type { FlexRow } from './flex-row.ts'

/** Gathers the figures a statement gives for checking. */
export class FlexTotals {
  private readonly cash: { currency: string; start: string; end: string }[] = []
  private readonly commissions: { currency: string; amount: string }[] = []
  private readonly positions: { symbol: string; quantity: string }[] = []
  private readonly realised: { symbol: string; amount: string }[] = []
  private inBase: { readonly start: string; readonly end: string; readonly commissions: string } | null = null
  private begins: { readonly line: number; readonly at: number } | null = null
  /** Whether rows belong to the first of several statements: what was held before the others is in their rows. */
  private first = true
  private openingPositions: OpeningPosition[] | null = null
  private worth: string | undefined

  /** A statement begins; the rows that follow are its own. */
  begin(row: FlexRow): void {
    this.first = this.begins === null
    const at = this.first && row.text('fromDate') !== '' ? row.instant(['fromDate']) : undefined
    if (at !== undefined) this.begins = { line: row.line, at: at - 1 }
  }

  addWorth(row: FlexRow): void {
    if (this.first) this.worth ??= row.optional('startingValue')
  }

  /** What was held at the close before the statement; cash has its own section, and sums name no instrument. */
  addPrevious(row: FlexRow): void {
    if (!this.first) return
    const quantity = row.optional('prevCloseQuantity')
    const price = row.optional('prevClosePrice')
    const symbol = flexSymbol(row)
    const category = row.text('assetCategory')
    if (quantity === undefined || price === undefined || symbol === '' || category === '' || category === 'CASH') return
    this.openingPositions ??= []
    if (quantity !== '0') this.openingPositions.push({ line: row.line, symbol, quantity, price })
  }

  addCash(row: FlexRow): void {
    const start = row.optional('startingCash')
    const end = row.optional('endingCash')
    const commissions = row.optional('commissions') ?? '0'
    if (start === undefined || end === undefined) return
    const currency = row.text('currency')
    if (currency === 'BASE_SUMMARY') {
      this.inBase = { start, end, commissions }
      return
    }
    this.cash.push({ currency, start, end })
    this.commissions.push({ currency, amount: commissions })
  }

  addPosition(row: FlexRow): void {
    const quantity = row.optional('position')
    if (quantity !== undefined) this.positions.push({ symbol: flexSymbol(row), quantity })
  }

  addRealised(row: FlexRow): void {
    const amount = row.optional('totalRealizedPnl')
    const symbol = flexSymbol(row)
    if (amount !== undefined && symbol !== '') this.realised.push({ symbol, amount })
  }

  /** The totals; those in the base currency stand where the statement gives none per currency. */
  finish(baseCurrency: string | null): StatementTotals | null {
    const base = this.inBase
    if (this.cash.length === 0 && base !== null && baseCurrency !== null) {
      this.cash.push({ currency: baseCurrency, start: base.start, end: base.end })
      this.commissions.push({ currency: baseCurrency, amount: base.commissions })
    }
    const realised = baseCurrency === null ? [] : this.realised.map((each) => ({ ...each, currency: baseCurrency }))
    const opening = this.opening(baseCurrency)
    if (this.cash.length + this.positions.length + realised.length === 0 && opening === null) return null
    return { cash: this.cash, commissions: this.commissions, positions: this.positions, realised, opening }
  }

  private opening(baseCurrency: string | null): StatementOpening | null {
    if (this.begins === null) return null
    const inBase = (amount: string | undefined): StatementOpening['worth'] =>
      amount === undefined || baseCurrency === null ? null : { currency: baseCurrency, amount }
    const worth = inBase(this.worth)
    const cash = this.cash.map(({ currency, start }) => ({ currency, amount: start }))
    if (cash.length === 0 && worth === null) return null
    return { ...this.begins, cash, cashInBase: inBase(this.inBase?.start), positions: this.openingPositions, worth }
  }
}
