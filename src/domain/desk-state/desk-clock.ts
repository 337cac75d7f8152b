/** One look at the clocks. Milliseconds. */
export interface Moment {
  /** UTC epoch milliseconds by the wall clock, which anybody may set. */
  readonly wall: number
  /** Milliseconds of a clock that nobody can set; it runs from an origin of its own. */
  readonly mono: number
  /** Names that origin: another boot gives another name, and the two readings cannot be compared. */
  readonly boot: string
  /** The clocks of the machine, where the desk's time is that of a replay; left out, they are the ones above. */
  readonly machine?: Omit<Moment, 'machine'>
}

/** What is known of the time, as it is kept over restarts. */
export interface ClockEvidence {
  /** Time that has certainly been reached: the first wall clock plus what was lived through, or a stamp from outside. */
  readonly proven: number
  /** Newest stamp that came from outside; 0 where none did. */
  readonly witnessed: number
  readonly last: Moment
}

/** One look taken in. */
export interface ClockReading {
  readonly evidence: ClockEvidence
  /** Milliseconds certainly lived through since the last look. */
  readonly lived: number
  /** Whether wall clock and proven time agree. */
  readonly agrees: boolean
  /** Whether the clock was set, or time passed without a witness, just now. */
  readonly jumped: boolean
}

/** A wall clock this far behind what is proven was set back. */
export const MOST_BEHIND_MS = 2_000
/** A wall clock this far ahead of what is proven was set forward, or the machine slept. */
export const MOST_AHEAD_MS = 60_000

/** The first look: there is nothing older to check it against. */
export function firstLook({ wall, mono, boot }: Moment): ClockEvidence {
  return { proven: wall, witnessed: 0, last: { wall, mono, boot } }
}

/**
 * Takes in a look at the clocks. Proven time grows only by what the unsettable clock measured, so that setting the wall
 * clock forward proves nothing, and setting it back loses nothing.
 */
export function lookAtClock(evidence: ClockEvidence, moment: Moment): ClockReading {
  const { last } = evidence
  const { wall, mono, boot } = moment
  const comparable = moment.boot === last.boot && moment.mono >= last.mono
  const lived = comparable ? Math.floor(moment.mono - last.mono) : 0
  const reached = evidence.proven + lived
  // A clock that is slewed a little runs slower than the one beneath it: then the slower one is right.
  const slewed = moment.wall < reached && reached - moment.wall <= MOST_BEHIND_MS
  const proven = slewed ? Math.max(evidence.proven, moment.wall) : reached
  const turned = moment.wall - last.wall - lived
  const agrees = inStep(proven, moment.wall)
  return {
    evidence: { ...evidence, proven, last: { wall, mono, boot } },
    lived,
    agrees,
    jumped: turned < -MOST_BEHIND_MS || turned > MOST_AHEAD_MS || (moment.boot === last.boot && !comparable),
  }
}

/** Takes in a time stamp from outside; one from the future of the wall clock is no evidence. */
export function takeWitness(evidence: ClockEvidence, stamp: number): ClockEvidence {
  if (!Number.isFinite(stamp) || stamp > evidence.last.wall + MOST_BEHIND_MS) return evidence
  const at = Math.min(Math.floor(stamp), evidence.last.wall)
  return {
    ...evidence,
    proven: Math.max(evidence.proven, at),
    witnessed: Math.max(evidence.witnessed, at),
  }
}

/** Takes the wall clock at its word, which a person answers for. */
export function acceptWall(evidence: ClockEvidence): ClockEvidence {
  return { ...evidence, proven: evidence.last.wall }
}

/** Whether a wall clock is neither behind nor ahead of what is proven by more than is allowed. */
export function inStep(proven: number, wall: number): boolean {
  return wall - proven <= MOST_AHEAD_MS && proven - wall <= MOST_BEHIND_MS
}
