import type { Desk } from '../desk.ts'
import { DeskRefusal } from '../refusal.ts'

/** The simulation calls of the desk. */
export function openSimulation(): Desk['simulation'] {
  const refuse = (): never => {
    throw new DeskRefusal('NO_THREADS', 'This desk was opened without threads to simulate on.')
  }
  return {
    run: refuse,
    compare: refuse,
    curve: refuse,
    propFirm: refuse,
    runOnce: refuse,
    curveOnce: refuse,
    propFirmOnce: refuse,
    lab: refuse,
    source: refuse,
    shard: refuse,
    merge: refuse,
    records: refuse,
    record: refuse,
    scenarios: refuse,
    saveScenario: refuse,
    dropScenario: refuse,
  }
}
