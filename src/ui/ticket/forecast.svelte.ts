import type { OrderRequest } from '../../contract/sizing.ts'
import { decimalText, over, ratio } from '../format/ratio.ts'

type Typed = 'signal' | 'expectedReturn' | 'volatility'

/** What the trader thinks of an order beside its prices: conviction, signal, and forecasts a year, typed as per cent. */
export class Forecast {
  /** LOW, MEDIUM or HIGH; empty where nothing is said. */
  conviction = $state('')
  signal = $state('')
  expectedReturn = $state('')
  volatility = $state('')
  /** Typed text that is no number yet, by field: it goes to the desk as it is, so that it is refused and never left out. */
  unread = $state<Partial<Record<Typed, string | undefined>>>({})

  readonly request = $derived.by<Pick<OrderRequest, 'conviction' | Typed>>(() => ({
    conviction: this.conviction === '' ? null : this.conviction,
    signal: this.unread.signal ?? (this.signal === '' ? null : this.signal),
    expectedReturn: this.unread.expectedReturn ?? fractionOf(this.expectedReturn),
    volatility: this.unread.volatility ?? fractionOf(this.volatility),
  }))
  readonly isEmpty = $derived(Object.values(this.request).every((value) => value === null))

  /** Notes what was typed in a field and is no number yet. */
  leaveUnread(field: Typed, typed: string | undefined): void {
    if (this.unread[field] !== typed) this.unread = { ...this.unread, [field]: typed }
  }

  /** Forgets everything: what is thought of one instrument is not thought of another. */
  clear(): void {
    this.conviction = ''
    this.signal = this.expectedReturn = this.volatility = ''
    this.unread = {}
  }
}

/** A fraction typed as per cent: 12.5 is 0.125. */
function fractionOf(percent: string): string | null {
  return percent === '' ? null : decimalText(over(ratio(percent), ratio('100')), 14)
}
