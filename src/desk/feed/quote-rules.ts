import type { QualityRules } from '../../domain/feed/quote-quality.ts'
import { INTERVAL_MS, type BarInterval } from '../../domain/ledger/records.ts'

const CONFIRM = { needed: 2, among: 3 } as const
/** A price typed by a person stands for a day: nothing else tells of it. */
const TYPED_MAX_AGE = 86_400_000
/** A market that moves changes its quote within this time, milliseconds. */
const FROZEN_AFTER = 300_000

/** Quotes of a replay are as far apart as its bars; what was recorded is believed once two of three agree. */
export function replayRules(interval: BarInterval): QualityRules {
  return {
    maxAge: 2 * INTERVAL_MS[interval],
    outlier: 0.5,
    confirm: CONFIRM,
    freshAgain: 1,
    frozenAfter: null,
    belowZero: false,
  }
}

/** Quotes of a live feed count for `ttl` milliseconds; a price is believed once three good ones came in a row. */
export function liveRules(ttl: number): QualityRules {
  return {
    maxAge: ttl,
    outlier: 0.1,
    confirm: CONFIRM,
    freshAgain: 3,
    frozenAfter: Math.max(FROZEN_AFTER, 10 * ttl),
    belowZero: false,
  }
}

/** What a person types is meant, however far it is from what was known. */
export const TYPED_RULES: QualityRules = {
  maxAge: TYPED_MAX_AGE,
  outlier: Number.MAX_VALUE,
  confirm: CONFIRM,
  freshAgain: 1,
  frozenAfter: null,
  belowZero: false,
}
