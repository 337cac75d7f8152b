import { eventIterator } from '@orpc/contract'
import { pino } from 'pino'
import * as z from 'zod'
import { refusable } from '../../src/contract/refusal.ts'
import { DeskRefusal } from '../../src/desk/refusal.ts'
import type { Log } from '../../src/host/log.ts'

const Note = z.object({ id: z.string(), text: z.string() }).strict()

/** A small contract with one call of every kind a transport must carry. */
export const sampleContract = {
  notes: {
    get: refusable
      .route({ method: 'GET', path: '/notes/{id}', summary: 'One note' })
      .input(z.object({ id: z.string().max(20) }).strict())
      .output(Note),
    save: refusable.route({ method: 'POST', path: '/notes', summary: 'Save a note' }).input(Note).output(Note),
    watch: refusable
      .input(z.object({ most: z.number().int().positive() }).strict())
      .output(eventIterator(z.object({ n: z.number() }))),
  },
  faults: {
    crash: refusable.output(z.string()),
    lie: refusable.output(z.object({ n: z.number() }).strict()),
    crashLate: refusable.output(eventIterator(z.object({ n: z.number() }))),
  },
  imports: {
    inspect: refusable.input(z.object({ text: z.string() }).strict()).output(z.object({ length: z.number() }).strict()),
  },
}
/** The type of the sample contract. */
export type SampleContract = typeof sampleContract

/** The part of it that is REST. */
export const sampleRestContract = { notes: { get: sampleContract.notes.get, save: sampleContract.notes.save } }

/** A desk that answers the sample contract, and counts the streams it has open. */
export function sampleDesk() {
  const state = { openStreams: 0, saved: 0 }
  const notes = {
    get: ({ id }: { id: string }) => {
      if (id === 'gone') throw new DeskRefusal('NOTE_GONE', 'That note is gone; pick another.', 'id')
      return { id, text: 'kept' }
    },
    save: (note: { id: string; text: string }) => {
      state.saved += 1
      return note
    },
    watch: async function* ({ most }: { most: number }, signal: AbortSignal) {
      state.openStreams += 1
      try {
        for (let n = 1; n <= most && !signal.aborted; n++) {
          yield { n }
          await new Promise((resolve) => setTimeout(resolve, 5))
        }
      } finally {
        state.openStreams -= 1
      }
    },
  }
  const faults = {
    crash: () => {
      throw new Error('secret path /home/trader/key')
    },
    lie: () => ({ n: 'not a number' }),
    crashLate: async function* () {
      await Promise.resolve()
      yield { n: 1 }
      throw new Error('secret path /home/trader/key')
    },
  }
  const imports = { inspect: ({ text }: { text: string }) => ({ length: text.length }) }
  return { desk: { notes, faults, imports }, state }
}

/** A log that keeps its lines. */
export function keepingLog(): { log: Log; lines: string[] } {
  const lines: string[] = []
  return { log: pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) }), lines }
}
