import { reason, type ReasonCode } from '../../domain/kernel/reason.ts'
import type { VenueFault } from './venue.ts'

/** Codes after which nobody knows whether the request was carried out. */
const SILENT: ReadonlySet<number> = new Set([-1000, -1001, -1006, -1007, -1016])
const THROTTLED: ReadonlySet<number> = new Set([-1003, -1008, -1015])
const MISSING: ReadonlySet<number> = new Set([-2011, -2013])
const DUPLICATE = -4116

const REFUSED: Readonly<Record<number, readonly [ReasonCode, string]>> = {
  [-1021]: ['CLOCK_ANOMALY', 'The exchange finds this machine’s clock wrong: set it, and test the connection again.'],
  [-1022]: ['NOT_ENABLED', 'The exchange does not accept the signature: enter key and secret again.'],
  [-2014]: ['NOT_ENABLED', 'The exchange does not accept the key: enter key and secret again.'],
  [-2015]: ['NOT_ENABLED', 'The exchange refuses the key: check its permissions and the addresses it is limited to.'],
  [-2019]: ['MARGIN', 'The exchange finds too little margin for the order.'],
  [-2021]: ['STOP_WRONG_SIDE', 'The market is past the trigger already: the order would be set off at once.'],
  [-2022]: ['EXIT_PAST_FLAT', 'The exchange holds nothing that this exit could close: reconcile.'],
  [-4118]: ['EXIT_PAST_FLAT', 'Other exits at the exchange take up the whole position: cancel them first.'],
  [-4164]: ['BELOW_MIN_SIZE', 'The order is below the smallest value the exchange takes.'],
}

/** What the exchange said with an error: its status, its code where it gave one, and its words. */
export interface ErrorSaid {
  readonly status: number
  readonly code: number | null
  readonly words: string
}

/** What an error means for an order. Only what the exchange clearly refused counts as refused. */
export function faultOf({ status, code, words }: ErrorSaid): VenueFault {
  if (status === 429 || status === 418 || (status < 500 && code !== null && THROTTLED.has(code)))
    return {
      kind: 'throttled',
      reason: reason('THROTTLE', 'The exchange takes no more requests for the moment: nothing was sent; try again.'),
    }
  if (status >= 500 || code === null || code >= 0 || SILENT.has(code))
    return silence(`The exchange answered with status ${status} and no clear word`)
  if (MISSING.has(code))
    return { kind: 'missing', reason: reason('OUTCOME_UNKNOWN', 'The exchange knows no such order.') }
  if (code === DUPLICATE)
    return { kind: 'duplicate', reason: reason('DUPLICATE', 'The exchange has an order of this id already.') }
  const [known, says] = REFUSED[code] ?? ['RESTRICTED', 'The exchange refused.']
  return { kind: 'refused', reason: reason(known, `${says} It says: ${words} (${code}).`) }
}

/** No answer, or one that cannot be read. */
export function silence(what: string): VenueFault {
  return {
    kind: 'unknown',
    reason: reason('OUTCOME_UNKNOWN', `${what}: what became of the request is not known, and it is being asked.`),
  }
}

/** Words of the exchange as they may be shown: no credential, nothing unprintable, not long. */
export function shownWords(words: string, secrets: readonly string[]): string {
  let shown = words
  for (const secret of secrets) if (secret !== '') shown = shown.replaceAll(secret, '•••')
  return shown
    .replace(/[0-9a-f]{64}/gi, '•••')
    .replace(/[^\x20-\x7e•]/g, ' ')
    .trim()
    .slice(0, 160)
}
