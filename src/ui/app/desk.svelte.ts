import { createContext } from 'svelte'
import type { AccountView, BookView } from '../../contract/books.ts'
import type { Verdict } from '../../contract/decisions.ts'
import type { RefusalBody } from '../../contract/refusal.ts'
import type { Change } from '../../contract/system.ts'
import { answer, openLine, type Answers, type DeskClient, type Line } from '../rpc.ts'

/** How the line to the desk is: on its way, open, broken and being retried, or turned away for want of a session. */
export type LineStatus = 'connecting' | 'open' | 'lost' | 'turned-away'

/** What the shell knows of the desk host; screens ask it for the client and watch its counters. */
export class Desk {
  status = $state<LineStatus>('connecting')
  /** When the next try to reconnect is made. */
  retryAt = $state<number>()
  info = $state.raw<Answers['system']['info']>()
  books = $state.raw<readonly BookView[]>()
  dataDir = $state('')
  account = $state.raw<AccountView>()
  accountRefusal = $state.raw<RefusalBody>()
  verdict = $state.raw<Verdict>()
  verdictRefusal = $state.raw<RefusalBody>()
  /** The wall clock of this window, to the second. */
  now = $state(Date.now())
  /** Goes up with every new line to the desk: what listens on one has to listen anew. */
  lines = $state(0)
  /** The clock of a replay, while one runs. */
  replayClock = $state<number>()
  /** Counters that go up when something of the kind changed, and when the line is opened anew. */
  changed = $state({ book: 0, ledger: 0, decision: 0, profile: 0, state: 0 })

  readonly book = $derived(this.books?.find(({ open }) => open))
  /** The instant the book lives at: its frozen clock, that of a replay, or now. */
  readonly bookNow = $derived(this.book?.clock ?? this.replayClock ?? this.now)
  readonly timeZone = $derived(this.account?.timeZone ?? 'UTC')

  #line: Line | undefined
  #tries = 0

  /** Every call of the contract; a call on a broken line is refused at once. */
  get client(): DeskClient {
    this.#line ??= openLine()
    return this.#line.client
  }

  /** Opens the line and keeps it open for as long as the window lives. */
  start(): void {
    setInterval(() => (this.now = Date.now()), 1000)
    void this.#keepOpen()
  }

  /** Asks again which books there are and how the account and the ledger stand. */
  async refresh(): Promise<void> {
    const books = await answer(this.client.books.list())
    if (!books.ok) return
    this.books = books.value.books
    this.dataDir = books.value.dataDir
    if (!books.value.books.some(({ open }) => open)) {
      this.account = undefined
      return
    }
    await Promise.all([this.refreshAccount(), this.refreshVerdict()])
  }

  /** Asks again how the account stands. */
  async refreshAccount(): Promise<void> {
    const account = await answer(this.client.account.get())
    this.account = account.ok ? account.value : undefined
    this.accountRefusal = account.ok ? undefined : account.refusal
  }

  /** Asks for the last verdict on the audit log. */
  async refreshVerdict(): Promise<void> {
    const verdict = await answer(this.client.audit.status())
    this.verdict = verdict.ok ? verdict.value : undefined
    this.verdictRefusal = verdict.ok ? undefined : verdict.refusal
  }

  async #keepOpen(): Promise<never> {
    for (;;) {
      this.#line ??= openLine()
      const line = this.#line
      try {
        await line.opened
        await this.#live(line)
      } catch {
        if (this.#tries > 0 && (await isTurnedAway())) this.status = 'turned-away'
      }
      line.close()
      this.#line = undefined
      if (this.status !== 'turned-away') this.status = 'lost'
      const wait = Math.min(10_000, 400 * 2 ** this.#tries)
      this.#tries += 1
      this.retryAt = Date.now() + wait
      await new Promise((resolve) => setTimeout(resolve, wait))
    }
  }

  /** Listens until the line breaks; what is shown is asked for again on every new line. */
  async #live(line: Line): Promise<void> {
    const broken = line.closed.then(() => 'broken' as const)
    // Listening begins before anything is asked for: what changes in between is then told and not lost.
    const changes = await Promise.race([line.client.system.watch(), broken])
    if (changes === 'broken' || (await Promise.race([changes.next(), broken])) === 'broken') return
    const info = await Promise.race([line.client.system.info(), broken])
    if (info === 'broken') return
    this.info = info
    await this.refresh()
    this.status = 'open'
    this.retryAt = undefined
    this.#tries = 0
    this.changed = {
      book: this.changed.book + 1,
      ledger: this.changed.ledger + 1,
      decision: this.changed.decision + 1,
      profile: this.changed.profile + 1,
      state: this.changed.state + 1,
    }
    this.lines += 1
    await Promise.race([this.#listen(changes), broken])
  }

  async #listen(changes: AsyncIterable<Change>): Promise<void> {
    for await (const change of changes) await this.#take(change)
  }

  async #take({ what }: Change): Promise<void> {
    if (what === 'hello' || what === 'beat') return
    if (what === 'book') await this.refresh()
    else if (what !== 'profile') await Promise.all([this.refreshAccount(), this.refreshVerdict()])
    this.changed = { ...this.changed, [what]: this.changed[what] + 1 }
  }
}

async function isTurnedAway(): Promise<boolean> {
  try {
    const { status } = await fetch(location.pathname, { method: 'HEAD', cache: 'no-store' })
    return status === 401 || status === 403
  } catch (unreachable) {
    return !(unreachable instanceof TypeError)
  }
}

/** The desk of this window, for every screen: `const desk = useDesk()`. */
export const [useDesk, provideDesk] = createContext<Desk>()
