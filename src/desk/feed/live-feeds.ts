import type { FeedSettings, FeedSource, FeedToken, LiveFeedView } from '../../contract/feed/live-feed.ts'
import { DeskRefusal } from '../refusal.ts'
import type { TradingRoom } from '../trading/trading-room.ts'
import type { Workspace } from '../workspace.ts'
import { checkFeed, keepFeed, keptFeed } from './feed-plan.ts'
import { FeedSession } from './feed-session.ts'
import { FEED_OFF, type HeldFeed } from './no-feed.ts'
import type { LiveFeed, LiveFeedPorts } from './ports.ts'

/** The live feed of the open book: one at a time, and never beside a replay. It runs again when the book is opened again. */
export class LiveFeeds implements HeldFeed {
  readonly #workspace: Workspace
  readonly #find: () => TradingRoom
  readonly #ports: LiveFeedPorts | undefined
  #session: FeedSession | undefined

  constructor(workspace: Workspace, find: () => TradingRoom) {
    this.#workspace = workspace
    this.#find = find
    this.#ports = workspace.options.feeds
    workspace.market.feed = this
    this.#resume()
    workspace.watch((what) => what === 'book' && this.#resume())
  }

  /** Whether one runs, or tries to. */
  get isOn(): boolean {
    return this.#session !== undefined
  }

  /** How it stands. */
  view(): LiveFeedView {
    if (this.#session !== undefined) return this.#session.view()
    const { openBook } = this.#workspace
    return { ...FEED_OFF, settings: (openBook === undefined ? undefined : keptFeed(openBook)?.settings) ?? null }
  }

  /** What can be started here. */
  list(): FeedSource[] {
    const ports = this.#ports
    if (ports === undefined) return []
    return (['local-socket', 'exchange'] as const).map((feed) => {
      const { title, says } = ports[feed]
      return { feed, title, says }
    })
  }

  /** Starts one and keeps that it runs; refuses with why it cannot begin. */
  async start(settings: FeedSettings): Promise<LiveFeedView> {
    const room = this.#find()
    const { book } = this.#workspace
    if (book.info.clock !== null)
      throw new DeskRefusal(
        'INPUT_OUT_OF_RANGE',
        'This book shows the past: start a feed in a paper or live book.',
        'feed',
      )
    if (room.replay !== undefined)
      throw new DeskRefusal('CONFLICT', 'A replay tells the prices: stop it before you start a feed.', 'feed')
    if (this.#session !== undefined)
      throw new DeskRefusal('CONFLICT', 'A live feed runs already: stop it before you start another.', 'feed')
    checkFeed(book, settings)
    const session = this.#open(settings)
    this.#session = session
    const opened = await session.begin()
    if (this.#session !== session)
      throw new DeskRefusal('CONFLICT', 'The feed was stopped while it began: start it again.', 'feed')
    try {
      if (!opened.ok) throw new DeskRefusal(opened.error.code, opened.error.says, opened.error.field)
      keepFeed(book, { settings, on: true }, this.#workspace.options.ambient.now())
    } catch (error) {
      this.leave()
      throw error
    }
    this.#workspace.changed('state')
    return session.view()
  }

  /** Stops it, and keeps that it does not run; where none does nothing changes. */
  stop(): LiveFeedView {
    const { book, options } = this.#workspace
    this.leave()
    const kept = keptFeed(book)
    if (kept?.on === true) keepFeed(book, { ...kept, on: false }, options.ambient.now())
    this.#workspace.changed('state')
    return this.view()
  }

  /** Makes a new token for bridges; those that are connected have to show it. */
  async newToken(): Promise<FeedToken> {
    const { token } = this.#needed()
    const made = token.renew()
    if (this.#session?.settings.feed === 'local-socket') await this.#session.begin()
    return { token: made, file: token.file }
  }

  /** Hears nothing any more, as when the book is closed. */
  leave(): void {
    this.#session?.leave()
    this.#session = undefined
  }

  /** What the book keeps runs again; a replay that it keeps goes before. */
  #resume(): void {
    this.leave()
    const book = this.#workspace.openBook
    if (this.#ports === undefined || book === undefined || book.info.clock !== null) return
    const kept = keptFeed(book)
    if (kept?.on !== true || book.trading().replay !== undefined) return
    const session = this.#open(kept.settings)
    this.#session = session
    void session.persist()
  }

  #open(settings: FeedSettings): FeedSession {
    const ports = this.#needed()
    const { title } = ports[settings.feed]
    return new FeedSession({ room: this.#find, settings, title, connect: () => this.#connect(ports, settings) })
  }

  #connect(ports: LiveFeedPorts, settings: FeedSettings): LiveFeed {
    if (settings.feed === 'local-socket')
      return ports['local-socket'].connect({ port: settings.port, token: ports.token.current() })
    const { venue, markets } = settings
    const { timer } = this.#find().ports
    return ports.exchange.connect({ venue, markets, timer, now: () => this.#workspace.options.ambient.now() })
  }

  #needed(): LiveFeedPorts {
    if (this.#ports === undefined)
      throw new DeskRefusal('NOT_ENABLED', 'This desk was opened without live feeds: open the book in the workstation.')
    return this.#ports
  }
}
