import { dec, ZERO, type Dec } from '../kernel/money.ts'
import type { Execution, OrderReport } from './order-report.ts'

/** An execution that stands. */
export interface StandingExecution {
  readonly executionId: string
  readonly clientId: string
  readonly at: number
  readonly execution: Execution
}

interface Facts {
  readonly clientId: string
  /** The instant it was first executed at: corrections keep it. */
  at: number | null
  execution: Execution | null
  /** −1 while only a bust is known, 0 for the fill itself. */
  revision: number
  busted: boolean
}

/** Executions by their id: the same whichever report came first, and how often. */
export class ExecutionBook {
  readonly #facts = new Map<string, Facts>()
  readonly #byClient = new Map<string, Set<string>>()

  /** Takes in a fill, a bust or a correction. */
  take(report: Extract<OrderReport, { kind: 'fill' | 'bust' | 'correction' }>): void {
    const { executionId, clientId } = report
    const facts = this.#facts.get(executionId) ?? { clientId, at: null, execution: null, revision: -1, busted: false }
    this.#facts.set(executionId, facts)
    const own = this.#byClient.get(clientId)
    if (own === undefined) this.#byClient.set(clientId, new Set([executionId]))
    else own.add(executionId)
    if (report.kind === 'bust') {
      facts.busted = true
      return
    }
    const revision = report.kind === 'fill' ? 0 : report.revision
    if (report.kind === 'fill' || facts.at === null) facts.at = report.at
    if (revision <= facts.revision) return
    const { symbol, side, quantity, price, fee, feeCurrency } = report
    facts.revision = revision
    facts.execution = { symbol, side, quantity, price, fee, feeCurrency }
  }

  /** Units of an order that stand filled. */
  filled(clientId: string): Dec {
    let filled = ZERO
    for (const { quantity } of this.#standingOf(clientId)) filled = filled.plus(dec(quantity))
    return filled
  }

  /** What the standing executions of an order cost, price times quantity, and their fees. */
  cost(clientId: string): { readonly cost: Dec; readonly fees: Dec } {
    let [cost, fees] = [ZERO, ZERO]
    for (const { quantity, price, fee } of this.#standingOf(clientId)) {
      cost = cost.plus(dec(quantity).times(dec(price)))
      fees = fees.plus(dec(fee))
    }
    return { cost, fees }
  }

  /** The orders that executions name. */
  clients(): Iterable<string> {
    return this.#byClient.keys()
  }

  /** Executions that stand, by time, then by id. */
  standing(): readonly StandingExecution[] {
    const standing: StandingExecution[] = []
    for (const [executionId, { clientId, at, execution, busted }] of this.#facts)
      if (execution !== null && at !== null && !busted) standing.push({ executionId, clientId, at, execution })
    return standing.sort((a, b) => a.at - b.at || (a.executionId < b.executionId ? -1 : 1))
  }

  *#standingOf(clientId: string): Generator<Execution> {
    for (const id of this.#byClient.get(clientId) ?? []) {
      const facts = this.#facts.get(id)
      if (facts?.execution != null && !facts.busted) yield facts.execution
    }
  }
}
