import { hash as digest } from 'node:crypto'
import { deskClient, type DeskClient } from '../../../src/cli/desk-client.ts'
import { openDesk } from '../../../src/desk/desk.ts'
import type { Ambient, BookShelf, BookWriter } from '../../../src/desk/ports.ts'
import { sampleBook } from '../../../src/desk/sample/sample-book.ts'
import type { StatePorts } from '../../../src/desk/state/ports.ts'
import { Workspace } from '../../../src/desk/workspace.ts'
import type { Moment } from '../../../src/domain/desk-state/desk-clock.ts'
import { backUpFolder } from '../../../src/host/back-up-folder.ts'
import { backUpBook } from '../../../src/store/back-up.ts'
import { lastBackUp } from '../../../src/host/back-up-note.ts'
import { haltFile } from '../../../src/host/halt-file.ts'
import { findResources, readPrograms, readShippedProfiles } from '../../../src/host/resources.ts'
import { importShelf } from '../../../src/importers/registry.ts'
import { bookShelf } from '../../../src/store/book-shelf.ts'
import { keepingLog } from '../../support/sample-desk.ts'
import { temporaryFolder } from '../../store/temporary-shelf.ts'
import { EMPTY, NOON, share } from '../trading-room.ts'

/** What a room begins with. */
export interface StateRoomOptions {
  readonly kind?: 'paper' | 'live'
  readonly equity?: string
  readonly timeZone?: string
  readonly dayRoll?: string
  readonly now?: number
  /** What of the machine is other than usual. */
  readonly ports?: StatePorts
  /** Puts something between the desk and its store. */
  readonly shelf?: (shelf: BookShelf) => BookShelf
}

/** A desk with a `HALT` file on a real folder, and clocks the test turns by hand. */
export class StateRoom {
  readonly dataDir: string
  readonly clock: { wall: number; mono: number; boot: string; backUp: number | undefined }
  readonly workspace: Workspace
  readonly calls: DeskClient
  readonly lines: string[]
  #ids = 0

  constructor(
    dataDir = temporaryFolder(),
    clock: StateRoom['clock'] = { wall: NOON, mono: 1_000_000, boot: 'boot-1', backUp: NOON },
    bookPath?: string,
    shelf: (shelf: BookShelf) => BookShelf = (same) => same,
    ports: StatePorts = {},
  ) {
    this.dataDir = dataDir
    this.clock = clock
    const ambient: Ambient = {
      now: () => clock.wall,
      newId: () => `made-${clock.wall}-${clock.mono}-${String((this.#ids += 1)).padStart(4, '0')}`,
      sha256: (text) => digest('sha256', text, 'hex'),
      pause: (ms, signal, early) =>
        new Promise((resolve) => {
          const timer = setTimeout(resolve, ms)
          const end = (): void => {
            clearTimeout(timer)
            resolve()
          }
          signal.addEventListener('abort', end, { once: true })
          early(end)
        }),
    }
    const moment = (): Moment => ({ wall: clock.wall, mono: clock.mono, boot: clock.boot })
    const resources = findResources(process.cwd())
    this.workspace = new Workspace({
      shelf: shelf(bookShelf(dataDir, ambient)),
      importShelf,
      ambient,
      dataDir,
      shipped: readShippedProfiles(resources),
      programs: readPrograms(resources, dataDir),
      host: 'desk',
      version: '0.0.0',
      versions: { node: process.versions.node, sqlite: '0', pid: process.pid },
      sample: sampleBook,
      state: {
        moment,
        haltFile: haltFile(dataDir),
        lastBackUp: (path) => (clock.backUp === undefined ? lastBackUp(path) : { at: clock.backUp, file: null }),
        backUp: backUpFolder(dataDir, backUpBook),
        ...ports,
      },
      ...(bookPath === undefined ? {} : { bookPath }),
    })
    const { log, lines } = keepingLog()
    this.lines = lines
    this.calls = deskClient(openDesk(this.workspace), log)
  }

  /** A desk with an open book and one share that costs 100. */
  static async open(options: StateRoomOptions = {}): Promise<StateRoom> {
    const { kind = 'paper', equity = '100000', timeZone = 'America/New_York', dayRoll = '17:00', now = NOON } = options
    const clock = { wall: now, mono: 1_000_000, boot: 'boot-1', backUp: now }
    const room = new StateRoom(temporaryFolder(), clock, undefined, options.shelf, options.ports)
    await room.calls.books.create({ ...EMPTY, name: kind, kind, equity, timeZone, dayRoll })
    room.book.saveInstrument(share('ACME'), now)
    await room.calls.market.typePrice({ symbol: 'ACME', price: '100' })
    return room
  }

  get book(): BookWriter {
    return this.workspace.book
  }

  /** Lets time pass as all clocks measure it, with a look at the end. */
  pass(ms: number): this {
    this.clock.wall += ms
    this.clock.mono += ms
    this.workspace.posture.tick()
    return this
  }

  /** Types a price and looks: one fresh reading. */
  async price(price: string, symbol = 'ACME'): Promise<void> {
    this.clock.wall += 1
    this.clock.mono += 1
    await this.calls.market.typePrice({ symbol, price })
    this.pass(1_000)
  }

  /** Fresh quotes until the desk believes them. */
  async quotes(price = '100'): Promise<void> {
    for (let n = 0; n < 5; n++) await this.price(price)
  }

  /** Buys shares of ACME, as a fill that is there. */
  buy(quantity: string, price = '100', stop: string | null = null): void {
    this.book.addFill({
      fillId: `fill-${this.clock.mono}-${quantity}`,
      accountId: this.workspace.account().accountId,
      symbol: 'ACME',
      at: this.clock.wall,
      side: 'buy',
      quantity,
      price,
      fee: '0',
      feeCurrency: 'USD',
      fxRate: null,
      strategy: null,
      stop,
      tag: null,
      executionId: null,
      statedProfit: null,
      source: 'test',
      batchId: null,
    })
    this.workspace.changed('ledger')
  }

  /** What the desk would approve of a new order. */
  async entry(): Promise<{ quantity: string; code: string | undefined; says: string }> {
    const { quantity, reasons, says } = await this.calls.sizing.preview({
      request: { symbol: 'ACME', side: 'buy', entry: '100', stop: '95' },
    })
    return { quantity, code: reasons[0]?.code, says }
  }

  /** What the desk would approve of closing what is held. */
  async exit(): Promise<{ quantity: string; code: string | undefined }> {
    const { quantity, reasons } = await this.calls.sizing.preview({
      request: { symbol: 'ACME', side: 'sell', entry: 'market', stop: null },
    })
    return { quantity, code: reasons[0]?.code }
  }

  async state(): Promise<string> {
    return (await this.calls.state.get()).state
  }

  async causes(): Promise<string[]> {
    return (await this.calls.state.get()).causes.map(({ id }) => id)
  }

  /** A live book in NORMAL, ready to be armed. */
  async ready(): Promise<this> {
    await this.quotes()
    for (const cause of await this.causes()) await this.calls.state.loosen({ cause, reason: 'quotes are back' })
    return this
  }

  /** The last four characters of the account. */
  get lastFour(): string {
    return this.workspace.account().accountId.slice(-4)
  }

  /** Sentences of the log about the state, oldest first. */
  told(): string[] {
    return this.book
      .auditRows(1, 1_000)
      .filter(({ kind }) => kind === 'state')
      .map(({ body }) => String((JSON.parse(body) as { says: unknown }).says))
  }

  /** Ends the desk as a kill does, with `down` milliseconds until the next one; `boot` where the machine was restarted too. */
  restart(down = 1_000, boot = this.clock.boot): StateRoom {
    const { path } = this.book.info
    this.workspace.close()
    this.clock.wall += down
    this.clock.mono = boot === this.clock.boot ? this.clock.mono + down : 5_000
    this.clock.boot = boot
    return new StateRoom(this.dataDir, this.clock, path)
  }
}
