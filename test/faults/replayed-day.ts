import { hash as digest } from 'node:crypto'
import { brokers } from '../../src/brokers/registry.ts'
import { deskClient, refusalOf, type DeskClient } from '../../src/cli/desk-client.ts'
import type { OrderView } from '../../src/contract/trading/order.ts'
import { openDesk, type Desk } from '../../src/desk/desk.ts'
import type { Ambient, BookShelf } from '../../src/desk/ports.ts'
import { sampleBook } from '../../src/desk/sample/sample-book.ts'
import { Workspace } from '../../src/desk/workspace.ts'
import { feeds } from '../../src/feeds/registry.ts'
import { haltFile } from '../../src/host/halt-file.ts'
import { findResources, readPrograms, readShippedProfiles } from '../../src/host/resources.ts'
import { importShelf } from '../../src/importers/registry.ts'
import { bookShelf } from '../../src/store/book-shelf.ts'
import { keepingLog } from '../support/sample-desk.ts'
import { TurnedTimer } from '../support/turned-timer.ts'
import type { DayAct } from './day-plan.ts'

/** One line of what a desk told: how an act ended, or what it showed of orders and state when they changed. */
export type DayLine =
  | { readonly act: number; readonly ended: string }
  | { readonly shown: readonly ShownOrder[]; readonly state: string; readonly armed: boolean }

/** What is shown of an order: its client id, where it is, units filled, and their price. */
export type ShownOrder = readonly [clientId: string, stage: string, filled: string, averagePrice: string | null]

/** How a day is opened: `run` counts the starts, so that no two of them make the same id. */
export interface DayOptions {
  readonly dataDir: string
  readonly path?: string
  readonly from: number
  readonly run: number
  readonly tell: (line: DayLine) => void
  readonly over?: (shelf: BookShelf) => BookShelf
}

/** Wednesday, 2026-03-04, 15:00 UTC: the day the replay is looked at. */
const NOW = Date.UTC(2026, 2, 4, 15)
const MOST_ORDERS = 5_000
/** An act and a start take so long by the clock of the desk, whatever they take in truth. */
const ACT_MS = 2_000

/** A desk that goes through the acts of a day: opened anew on the same files and asked for the same acts, it does the same. */
export class ReplayedDay {
  readonly workspace: Workspace
  readonly calls: DeskClient
  readonly #desk: Desk
  readonly #tell: (line: DayLine) => void
  readonly #shown = new Map<string, string>()
  #act: number
  #passed = 0
  #ids = 0

  constructor({ dataDir, path, from, run, tell, over = (same) => same }: DayOptions) {
    this.#act = from
    this.#tell = tell
    const ambient: Ambient = {
      now: () => NOW + (run + this.#act) * ACT_MS + this.#passed,
      newId: () => `made-${run}-${this.#act}-${(this.#ids += 1)}`,
      sha256: (text) => digest('sha256', text, 'hex'),
      pause: () => Promise.resolve(),
    }
    const resources = findResources(process.cwd())
    this.workspace = new Workspace({
      trading: { brokers, replay: feeds.replay, timer: new TurnedTimer() },
      shelf: over(bookShelf(dataDir, ambient)),
      importShelf,
      ambient,
      dataDir,
      shipped: readShippedProfiles(resources),
      programs: readPrograms(resources, dataDir),
      host: 'desk',
      version: '0.0.0',
      versions: { node: process.versions.node, sqlite: '0', pid: 0 },
      sample: sampleBook,
      state: { haltFile: haltFile(dataDir), lastBackUp: () => ({ at: NOW, file: null }) },
      ...(path === undefined ? {} : { bookPath: path }),
    })
    this.#desk = openDesk(this.workspace)
    this.calls = deskClient(this.#desk, keepingLog().log)
    if (path === undefined) return
    this.#show()
    this.workspace.watch(() => this.#show())
  }

  /** Does one act, and tells how it ended once it is answered. */
  async do(number: number, act: DayAct): Promise<void> {
    this.#act = number
    this.#passed = 0
    this.#tell({ act: number, ended: await this.#ended(act) })
  }

  /** Lets time go by within an act. */
  readonly pass = (ms: number): void => void (this.#passed += ms)

  async #ended(act: DayAct): Promise<string> {
    try {
      return await act.does(this)
    } catch (error) {
      const refusal = refusalOf(error)
      if (refusal === undefined) throw error
      return `refused: ${refusal.code}`
    }
  }

  /** What a window would show from now on: orders that are other than they were shown, and the state. */
  #show(): void {
    if (this.workspace.openBook === undefined) return
    // Safe: the desk answers with its orders at once.
    const orders = this.#desk.trading.orders({ limit: MOST_ORDERS }, new AbortController().signal) as OrderView[]
    const shown = orders.flatMap(({ clientId, stage, filled, averagePrice }): ShownOrder[] => {
      const words = `${stage} ${filled}`
      if (this.#shown.get(clientId) === words) return []
      this.#shown.set(clientId, words)
      return [[clientId, stage, filled, averagePrice]]
    })
    const state = this.workspace.posture.state ?? 'none'
    const { armed } = this.workspace.posture.now.arming
    if (shown.length === 0 && this.#shown.get('state') === `${state} ${armed}`) return
    this.#shown.set('state', `${state} ${armed}`)
    this.#tell({ shown, state, armed })
  }
}
