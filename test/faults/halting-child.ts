import { writeSync } from 'node:fs'
import { StateRoom } from '../desk/state/state-room.ts'

/** Halts and releases the desk on a book again and again, and says each state once it is answered, until it is killed. */
const [, , dataDir = '', path = '', rounds = '1000000'] = process.argv
const clock = { wall: Date.now(), mono: Math.floor(performance.now()), boot: 'child', backUp: Date.now() }
const room = new StateRoom(dataDir, clock, path)
try {
  for (let round = 0; round < Number(rounds); round++) {
    const { state } = await room.calls.state.halt({ reason: `round ${round}` })
    writeSync(1, `${state}\n`)
    const loosened = await room.calls.state.loosen({ cause: 'halt', reason: 'on' })
    writeSync(1, `${loosened.state}\n`)
  }
} catch (error) {
  writeSync(2, `${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 3
}
