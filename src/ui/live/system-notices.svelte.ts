import type { LimitAlert } from '../../contract/limit-alert.ts'

/** What shows notices: the browser's own. */
export interface NoticePort {
  /** Whether the person has let this page show any. */
  readonly isAllowed: () => boolean
  /** Asks the person; answers whether it may. */
  readonly ask: () => Promise<boolean>
  readonly show: (title: string, body: string) => void
}

const keptAs = 'ballast.limit-notices'
const titles: Readonly<Record<LimitAlert['level'], string>> = {
  caution: 'A limit is near',
  danger: 'A limit is very near',
  breach: 'A limit is reached',
  reset: 'A session ends soon',
}

/** Notices of the system about limits: off until they are asked for. A hint without amounts; the desk's list is the record. */
export class SystemNotices {
  #on = $state(false)
  readonly #port: NoticePort
  readonly #kept: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
  #last: number | undefined

  constructor(port: NoticePort, kept: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>) {
    this.#port = port
    this.#kept = kept
    this.#on = kept.getItem(keptAs) === 'on' && port.isAllowed()
  }

  get isOn(): boolean {
    return this.#on
  }

  /** Switches them; they stay off where the person or the browser does not let them. */
  async set(on: boolean): Promise<void> {
    this.#on = on && (this.#port.isAllowed() || (await this.#port.ask()))
    if (this.#on) this.#kept.setItem(keptAs, 'on')
    else this.#kept.removeItem(keptAs)
  }

  /** Hears the alerts of the newest picture, newest first: each is shown once, and none of those that were there at first. */
  hear(alerts: readonly LimitAlert[]): void {
    const newest = alerts[0]?.number ?? 0
    const last = this.#last
    this.#last = newest
    if (!this.#on || last === undefined) return
    // A desk that began anew counts from one: what it tells is new.
    const since = newest < last ? 0 : last
    for (const { number, level, says } of [...alerts].reverse())
      if (number > since) this.#port.show(titles[level], says)
  }
}
