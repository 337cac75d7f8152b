import type { KeptScenario, SimulationRecord, SimulationRow } from '../desk/ports.ts'
import type { Plain } from '../domain/kernel/canonical.ts'
import type { ReadConnection, WriteConnection } from './connection.ts'

/** Reads kept simulations and scenarios of an open book. */
export interface SimulationReader {
  simulations(): readonly SimulationRow[]
  simulation(recordId: string): SimulationRecord | undefined
  scenarios(): readonly KeptScenario[]
}

/** Keeps simulations and scenarios, inside a transaction of the caller. */
export interface SimulationWriter {
  addSimulation(record: SimulationRecord): void
  saveScenario(scenario: KeptScenario): void
  dropScenario(name: string): void
}

const ROW = 'record_id AS recordId, at, digest, engine, seed, paths, trades, milliseconds, says'

/** Prepares reading simulations. */
export function simulationReader(connection: ReadConnection): SimulationReader {
  const rows = connection.prepare<[], SimulationRow>(
    `SELECT ${ROW} FROM simulation_run ORDER BY at DESC, record_id DESC`,
  )
  const one = connection.prepare<[string], SimulationRow & { readonly input: string; readonly found: string }>(
    `SELECT ${ROW}, input, found FROM simulation_run WHERE record_id = ?`,
  )
  const scenarios = connection.prepare<[], { readonly name: string; readonly at: number; readonly content: string }>(
    'SELECT name, at, content FROM scenario ORDER BY name',
  )
  return {
    simulations: () => rows.all(),
    simulation(recordId) {
      const row = one.get(recordId)
      return row === undefined ? undefined : { ...row, input: plain(row.input), found: plain(row.found) }
    },
    scenarios: () => scenarios.all().map((row) => ({ ...row, content: plain(row.content) })),
  }
}

/** Prepares keeping simulations. */
export function simulationWriter(connection: WriteConnection): SimulationWriter {
  const add = connection.prepare(
    `INSERT INTO simulation_run (record_id, at, digest, engine, seed, paths, trades, milliseconds, says, input, found)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const save = connection.prepare(
    `INSERT INTO scenario (name, at, content) VALUES (?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET at = excluded.at, content = excluded.content`,
  )
  const drop = connection.prepare('DELETE FROM scenario WHERE name = ?')
  return {
    addSimulation(r) {
      const sizes = [r.seed, r.paths, r.trades, r.milliseconds]
      const texts = [r.says, JSON.stringify(r.input), JSON.stringify(r.found)]
      add.run(r.recordId, r.at, r.digest, r.engine, ...sizes, ...texts)
    },
    saveScenario: ({ name, at, content }) => void save.run(name, at, JSON.stringify(content)),
    dropScenario: (name) => void drop.run(name),
  }
}

function plain(json: string): Plain {
  return JSON.parse(json) as Plain
}
