/** Where the window is: the part after `#/`, split into screen and rest, such as `decisions/01J…`. */
export class Router {
  #path = $state(readHash())

  constructor() {
    addEventListener('hashchange', () => (this.#path = readHash()))
  }

  /** The id of the screen; empty at the start. */
  get screen(): string {
    return this.#path.split('/')[0] ?? ''
  }

  /** What follows the screen's id, decoded: the id of one decision, say. */
  get rest(): string {
    return decodeURIComponent(this.#path.split('/').slice(1).join('/'))
  }

  /** Goes to a screen, and to one thing on it. */
  go(screen: string, rest = ''): void {
    location.hash = `/${screen}${rest === '' ? '' : `/${encodeURIComponent(rest)}`}`
  }
}

/** The address of a screen for a link. */
export const addressOf = (screen: string, rest = ''): string =>
  `#/${screen}${rest === '' ? '' : `/${encodeURIComponent(rest)}`}`

function readHash(): string {
  return location.hash.replace(/^#\/?/, '')
}

/** The place of this window. */
export const router = new Router()
