import { type Reason, reason } from '../../kernel/reason.ts'
import { err, ok, type Result } from '../../kernel/result.ts'
import type { SimulationPlan } from '../plan.ts'
import { type PathMeasures, pathMeasures } from './path-measures.ts'
import { keepsPaths, type RunPart } from './run-part.ts'
import { tallyFrom, tallyState, type TallyState } from './tally.ts'

const MAGIC = 'BALLASTMC1'
const HEADER = MAGIC.length + 4

interface Head {
  readonly plan: SimulationPlan
  readonly first: number
  readonly count: number
  readonly fanLength: number
  readonly tally?: TallyState
  readonly leaves?: readonly string[]
}

/** A part as bytes for a file or a pipe; `partFrom` reads them back to the same part. */
export function partBytes(part: RunPart): Uint8Array {
  const { plan, first, count, kept, fan } = part
  const more = 'measures' in kept ? {} : { tally: tallyState(kept.tally), leaves: kept.leaves }
  const text = JSON.stringify({ plan, first, count, fanLength: fan.length, ...more } satisfies Head)
  const columns = ['measures' in kept ? columnsOf(kept.measures) : [], [fan]].flat()
  const size = columns.reduce((sum, column) => sum + column.byteLength, HEADER + text.length)
  const bytes = new Uint8Array(size)
  putText(bytes, MAGIC, 0)
  new DataView(bytes.buffer).setUint32(MAGIC.length, text.length)
  putText(bytes, text, HEADER)
  let at = HEADER + text.length
  for (const column of columns) {
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), at)
    at += column.byteLength
  }
  return bytes
}

/** Reads what `partBytes` wrote; anything else is refused with a sentence. */
export function partFrom(bytes: Uint8Array): Result<RunPart, Reason> {
  const broken = err(reason('INPUT_MALFORMED', 'This is not a part of a simulation, or its end is missing.', 'part'))
  if (bytes.length < HEADER || textOf(bytes, 0, MAGIC.length) !== MAGIC) return broken
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(MAGIC.length)
  if (bytes.length < HEADER + length) return broken
  const head = headOf(textOf(bytes, HEADER, length))
  if (head === undefined || bytes.length < HEADER + length + columnBytes(head)) return broken
  const { plan, first, count } = head
  const measures = pathMeasures(keepsPaths(plan) ? count : 0, plan.detail)
  const fan = new Float32Array(head.fanLength)
  let at = HEADER + length
  for (const column of [...columnsOf(measures), fan]) {
    new Uint8Array(column.buffer).set(bytes.subarray(at, at + column.byteLength))
    at += column.byteLength
  }
  const { tally, leaves } = head
  const kept = tally === undefined || leaves === undefined ? { measures } : { tally: tallyFrom(tally), leaves }
  return ok({ plan, first, count, kept, fan })
}

/** The head of a part; `undefined` for anything that is none. */
function headOf(text: string): Head | undefined {
  let read: unknown
  try {
    read = JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
  const head = read as Partial<Head> | null
  const plan = head?.plan as Partial<SimulationPlan> | undefined
  const whole = [head?.first, head?.count, head?.fanLength, plan?.paths, plan?.trades, plan?.fanPaths]
  if (!whole.every((value) => Number.isSafeInteger(value) && (value as number) >= 0)) return undefined
  if ((plan?.detail !== 'core' && plan?.detail !== 'full') || !Array.isArray(plan.fanSteps)) return undefined
  const { first, count, fanLength, tally, leaves } = head as Head
  const { paths = 0, fanPaths = 0, fanSteps } = plan
  const kept = Math.max(0, Math.min(fanPaths - first, count))
  const tallied = tally !== undefined && leaves !== undefined
  const fits = first + count <= paths && fanLength === kept * fanSteps.length
  return fits && tallied !== keepsPaths(plan as SimulationPlan) ? (head as Head) : undefined
}

/** Bytes of what follows a head. */
function columnBytes({ plan, count, fanLength }: Head): number {
  const path = plan.detail === 'full' ? 33 : 24
  return (keepsPaths(plan) ? count * path : 0) + 4 * fanLength
}

function columnsOf(measures: PathMeasures): (Float64Array | Uint32Array | Uint8Array)[] {
  const { logEquity, logDepth, logLowest, underWater, losingStreak, firstReached } = measures
  return [logEquity, logDepth, logLowest, underWater, losingStreak, firstReached]
}

// A plan is numbers and plain words: its JSON is ASCII.
function putText(bytes: Uint8Array, text: string, at: number): void {
  for (let index = 0; index < text.length; index++) bytes[at + index] = text.charCodeAt(index)
}

function textOf(bytes: Uint8Array, at: number, length: number): string {
  let text = ''
  for (let from = at; from < at + length; from += 8192) {
    text += String.fromCharCode(...bytes.subarray(from, Math.min(from + 8192, at + length)))
  }
  return text
}
