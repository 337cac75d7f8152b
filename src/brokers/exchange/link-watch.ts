import type { FeedTimer } from '../../desk/feed/ports.ts'
import type { ExchangeNews, ExchangeStanding } from '../../desk/trading/ports.ts'
import { reason, type Reason } from '../../domain/kernel/reason.ts'
import { err, type Result } from '../../domain/kernel/result.ts'

/** How often is asked: with orders at work, without, and after failures at most. */
const BUSY_MS = 2_000
const IDLE_MS = 10_000
const LONGEST_MS = 30_000
/** After so long without an answer what is held at the exchange is not known. */
const SILENT_MS = 30_000
/** Book and account are compared so often. */
const COMPARE_MS = 60_000

interface Watching {
  readonly timer: FeedTimer
  readonly now: () => number
  readonly sync: () => Promise<Result<true, Reason>>
  readonly isBusy: () => boolean
}

/** Asks the exchange again and again, ever more slowly while it does not answer, and says when it does and does not. */
export class LinkWatch {
  readonly #on: Watching
  #tell: ((news: ExchangeNews) => void) | undefined
  #callOff: (() => void) | undefined
  #isOver = false
  #link: ExchangeStanding['link'] = 'opening'
  #says = 'The exchange is being asked.'
  #heardAt: number | null = null
  #heardMono: number
  #comparedMono = Number.NEGATIVE_INFINITY
  #failures = 0
  #due = Number.POSITIVE_INFINITY

  constructor(on: Watching) {
    this.#on = on
    this.#heardMono = on.timer.mono()
  }

  /** Begins asking. */
  begin(tell: (news: ExchangeNews) => void): void {
    this.#tell = tell
    this.#next(0)
  }

  /** Asks no more, and says nothing more. */
  end(): void {
    this.#isOver = true
    this.#callOff?.()
  }

  /** Asks at the next busy beat at the latest. */
  soon(): void {
    if (this.#failures === 0 && this.#due > this.#on.timer.mono() + BUSY_MS) this.#next(BUSY_MS)
  }

  /** The exchange answered. */
  heard(): void {
    this.#heardMono = this.#on.timer.mono()
    this.#heardAt = this.#on.now()
  }

  /** It did not, or not usably. */
  failed(why: Reason): void {
    const isRefusal = why.code !== 'OUTCOME_UNKNOWN' && why.code !== 'THROTTLE'
    this.#says = why.says
    const lasted = this.#on.timer.mono() - this.#heardMono
    if (!isRefusal && lasted < SILENT_MS) return
    const before = this.#link
    this.#link = isRefusal ? 'refused' : 'silent'
    if (before !== this.#link)
      this.tell({ kind: 'silent', says: `What is held at the exchange is not known: ${why.says}` })
  }

  tell(news: ExchangeNews): void {
    if (!this.#isOver) this.#tell?.(news)
  }

  standing(): Omit<ExchangeStanding, 'alarms'> {
    return { link: this.#link, says: this.#says, heardAt: this.#heardAt }
  }

  #next(ms: number): void {
    if (this.#isOver || this.#tell === undefined) return
    this.#callOff?.()
    this.#due = this.#on.timer.mono() + ms
    this.#callOff = this.#on.timer.after(ms, () => void this.#ask())
  }

  async #ask(): Promise<void> {
    const done = await this.#on.sync().catch(brokeOff)
    if (this.#isOver) return
    if (!done.ok) {
      this.#failures += 1
      this.failed(done.error)
      this.#next(Math.min(BUSY_MS * 2 ** this.#failures, LONGEST_MS))
      return
    }
    this.#failures = 0
    const { timer, now, isBusy } = this.#on
    const isBack = this.#link !== 'reached'
    this.#link = 'reached'
    this.#says = 'The exchange answers.'
    if (isBack || timer.mono() - this.#comparedMono >= COMPARE_MS) {
      this.#comparedMono = timer.mono()
      this.tell({ kind: 'reached', at: now() })
    }
    this.#next(isBusy() ? BUSY_MS : IDLE_MS)
  }
}

/** A fault inside, or of the book: it restricts the desk as an account that cannot be reached does. */
function brokeOff(error: unknown): Result<true, Reason> {
  const says = error instanceof Error ? error.message : 'It is not known which.'
  return err(reason('INTERNAL', `Following the exchange broke off over a fault: ${says}`))
}
