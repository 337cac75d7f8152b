import type { StatementTotals } from '../format.ts'
import { flexSymbol } from './flex-instrument.ts'
import type { FlexRow } from './flex-row.ts'

/** Gathers the figures a statement gives for checking. */
export class FlexTotals {
  private readonly cash: { currency: string; start: string; end: string }[] = []
  private readonly commissions: { currency: string; amount: string }[] = []
  private readonly positions: { symbol: string; quantity: string }[] = []
  private readonly realised: { symbol: string; amount: string }[] = []
  private inBase: { readonly start: string; readonly end: string; readonly commissions: string } | null = null

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
    if (this.cash.length + this.positions.length + realised.length === 0) return null
    return { cash: this.cash, commissions: this.commissions, positions: this.positions, realised }
  }
}
