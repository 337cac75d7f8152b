import type { PastReconciliation, Reconciliation } from '../../contract/trading/hand-work.ts'
import { decimalText, plus, ratio } from '../format/ratio.ts'
import { answer, type Answers, type DeskClient } from '../rpc.ts'
import { readStated } from './stated-positions.ts'

/** What reconciling needs of the desk; the client is asked for anew because a line may have been reopened. */
export interface ReconcileSource {
  readonly client: Pick<DeskClient, 'trading'>
}

/** One line of the typed table. */
export interface StatedLine {
  readonly id: number
  symbol: string
  quantity: string
}

/** The positions a terminal shows, as a person states them, and what came of comparing them. */
export class ReconcileForm {
  open = $state(false)
  lines = $state<StatedLine[]>([])
  /** Whether these are all positions there are: a list that is not complete is no answer. */
  complete = $state(false)
  pasted = $state('')
  faults = $state.raw<readonly string[]>([])
  found = $state.raw<Reconciliation>()
  refusal = $state<string>()
  past = $state.raw<readonly PastReconciliation[]>([])
  busy = $state(false)
  readonly #source: ReconcileSource
  #id = 0

  readonly isReady = $derived.by(
    () => this.complete && !this.busy && this.lines.every(({ symbol, quantity }) => symbol !== '' && quantity !== ''),
  )

  constructor(source: ReconcileSource) {
    this.#source = source
  }

  /** Opens it with a line for each symbol that is held here, its quantity left to be typed. */
  async show(): Promise<void> {
    if (this.open) return
    this.open = true
    this.clear()
    await Promise.all([this.#fill(false), this.load()])
  }

  /** States what Ballast has itself. */
  asHere(): Promise<void> {
    return this.#fill(true)
  }

  /** Asks for the reconciliations so far. */
  async load(): Promise<void> {
    const told = await answer(this.#source.client.trading.reconciliations())
    this.past = told.ok ? told.value : []
  }

  add(symbol = '', quantity = ''): void {
    this.lines.push({ id: (this.#id += 1), symbol, quantity })
    this.found = undefined
  }

  drop(id: number): void {
    this.lines = this.lines.filter((line) => line.id !== id)
    this.found = undefined
  }

  /** Puts what was pasted in place of the lines; where a line was not understood nothing is. */
  takePaste(): void {
    const { rows, faults } = readStated(this.pasted)
    this.faults = faults
    if (faults.length > 0 || rows.length === 0) return
    this.lines = []
    for (const { symbol, quantity } of rows) this.add(symbol, quantity)
    this.pasted = ''
  }

  /** Compares; nothing is corrected. */
  async compare(): Promise<void> {
    if (!this.isReady) return
    this.busy = true
    const positions = this.lines.map(({ symbol, quantity }) => ({ symbol: symbol.trim(), quantity }))
    const told = await answer(this.#source.client.trading.reconcile({ complete: true, positions }))
    this.busy = false
    this.found = told.ok ? told.value : undefined
    this.refusal = told.ok ? undefined : told.refusal.says
    await this.load()
  }

  clear(): void {
    this.lines = []
    this.complete = false
    this.pasted = ''
    this.faults = []
    this.found = this.refusal = undefined
  }

  async #fill(withQuantity: boolean): Promise<void> {
    const told = await answer(this.#source.client.trading.positions())
    if (!told.ok) {
      this.refusal = told.refusal.says
      return
    }
    this.lines = []
    for (const [symbol, net] of netOf(told.value)) this.add(symbol, withQuantity ? net : '')
  }
}

/** A terminal knows no strategies: what is held of a symbol is one position. */
function netOf(positions: Answers['trading']['positions']): readonly (readonly [string, string])[] {
  const symbols = positions.map(({ symbol }) => symbol)
  return symbols
    .filter((symbol, at) => symbols.indexOf(symbol) === at)
    .map((symbol) => {
      const own = positions.filter((position) => position.symbol === symbol)
      const net = own.reduce((sum, { quantity }) => plus(sum, ratio(quantity)), ratio('0'))
      return [symbol, decimalText(net, 18)]
    })
}
