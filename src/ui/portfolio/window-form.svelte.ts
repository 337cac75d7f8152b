import type { RiskQuery } from '../../contract/portfolio/risk.ts'
import { endOfDay, startOfDay } from '../format/zone-date.ts'

/** A stretch of the past, as typed: first and last day. */
export class WindowForm {
  from = $state('')
  to = $state('')

  readonly faults = $derived.by<Partial<Record<'from' | 'to', string>>>(() => {
    if (this.from === '' && this.to === '') return {}
    if (this.from === '') return { from: 'From is empty; give the first day of the window, or clear both.' }
    if (this.to === '') return { to: 'To is empty; give the last day of the window, or clear both.' }
    return this.from > this.to ? { to: `To is ${this.to}; give a day after ${this.from}, the first.` } : {}
  })

  /** The window in a zone; nothing where none is chosen or it is wrong. */
  question(zone: string): Pick<RiskQuery, 'window'> {
    if (Object.keys(this.faults).length > 0) return {}
    const [from, to] = [startOfDay(this.from, zone), endOfDay(this.to, zone)]
    return from === undefined || to === undefined ? {} : { window: { from, to } }
  }
}
