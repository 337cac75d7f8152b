import type { Plain } from '../../domain/kernel/canonical.ts'

/** A loss limit that was seen broken. Decimals in account currency. */
export interface LimitBreachRecord {
  readonly breachId: string
  readonly key: string
  readonly title: string
  readonly code: string
  readonly at: number
  readonly used: string | null
  readonly limit: string | null
  readonly says: string
  readonly acknowledgedAt: number | null
  readonly note: string | null
}

/** A change of the desk's state: the latch as bytes, what the log says of the change, and breaches that came with it. */
export interface DeskStateChange {
  readonly latch: string
  readonly at: number
  readonly facts: Readonly<Record<string, Plain>>
  readonly breaches: readonly LimitBreachRecord[]
}

/** How a limit was used at an instant. */
export interface LimitPoint {
  readonly key: string
  readonly at: number
  readonly used: string
  readonly limit: string
  readonly utilisation: string | null
}
