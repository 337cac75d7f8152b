import { StoreFault, type AuditKind, type BookWriter, type ProfileRecord } from '../desk/ports.ts'
import { canonical, type Plain } from '../domain/kernel/canonical.ts'
import { auditLog, type AppendedRow } from './audit-log.ts'
import { bookReader } from './book-reader.ts'
import type { WriteConnection } from './connection.ts'
import { decisionColumns, decisionText } from './decision-record.ts'
import { decisionWriter } from './decisions.ts'
import { deskStateWriter } from './desk-states.ts'
import { settleLog } from './idle.ts'
import { batchUndo } from './import-undo.ts'
import { batchWriter, noInstrument } from './imports.ts'
import type { JournalFile } from './journal-file.ts'
import { ledgerReader, ledgerWriter } from './ledger.ts'
import { marketWriter } from './market.ts'
import { orderWriter } from './orders.ts'
import { settingsWriter } from './settings.ts'
import { simulationWriter } from './simulations.ts'
import { writeStateCopy } from './state-copy.ts'
import { asStoreFault, endsWriting } from './store-fault.ts'

/** What writing a book needs: its open file and journal, the time in UTC milliseconds, and what to do once it is closed. */
export interface BookStoreParts {
  readonly path: string
  readonly connection: WriteConnection
  readonly journal: JournalFile
  readonly now: () => number
  readonly released: () => void
}

/** A book open for writing that can also note what happened to it. */
export interface BookStore extends BookWriter {
  /** Adds a row about the book itself to its log. */
  note(kind: AuditKind, facts: Plain, at: number): void
}

type Change = 'ledger' | 'terms'

/**
 * All reads and writes of one book. A write returns when its rows and their rows in the log are committed and in the
 * journal. After a failure that leaves the files in doubt every later write throws the same fault until the book is reopened.
 */
export function bookStore({ path, connection, journal, now, released }: BookStoreParts): BookStore {
  const reader = bookReader(path, connection)
  const log = auditLog(connection)
  const decisions = decisionWriter(connection)
  const settings = settingsWriter(connection)
  const ledger = { ...ledgerReader(connection), ...ledgerWriter(connection) }
  const market = marketWriter(connection)
  const batches = batchWriter(connection)
  const simulations = simulationWriter(connection)
  const undos = batchUndo(connection)
  const states = deskStateWriter(connection)
  const orders = orderWriter(connection, ledger)
  const bump = {
    ledger: connection.prepare('UPDATE version SET ledger = ledger + 1'),
    terms: connection.prepare('UPDATE version SET ledger = ledger + 1, terms = terms + 1'),
  }
  let fault: unknown
  let written: AppendedRow[] = []
  let version: number | undefined
  let closed = false

  const transaction = connection.transaction((work: () => unknown) => work())
  const append = (kind: AuditKind, at: number, body: string): AppendedRow => {
    const row = log.append(kind, at, body)
    written.push(row)
    return row
  }

  function commit<T>(doing: string, work: () => T): T {
    if (closed) throw new StoreFault('STORE_IO', `${path} is closed: open it again.`)
    if (fault !== undefined) throw fault as Error
    let committed = false
    log.begin()
    try {
      const result = transaction.immediate(work) as T
      committed = true
      if (written.length > 0) journal.append(written.map((row) => row.line))
      return result
    } catch (error) {
      const failure = asStoreFault(error, doing)
      if (committed || endsWriting(failure)) fault = failure
      else log.reload()
      throw failure
    } finally {
      written = []
      version = undefined
    }
  }

  function change(kind: AuditKind, at: number, facts: unknown, which: Change, work: (seq: number) => void): void {
    commit(`Saving (${kind})`, () => {
      const row = append(kind, at, canonical(facts as Plain))
      work(row.seq)
      bump[which].run()
    })
  }

  return {
    ...reader,
    version: () => (version ??= reader.version()),
    note(kind, facts, at) {
      commit('Noting', () => append(kind, at, canonical(facts)))
    },
    recordDecision(decision) {
      const { decisionId, recordedAt, inputs, bookHash, body } = decision
      const text = decisionText(decision)
      const columns = decisionColumns(decision, recordedAt)
      const record = (): AppendedRow => {
        decisions.keepState(bookHash, decision.book)
        const added = append('decision', recordedAt, text)
        decisions.add(added.seq, columns)
        return added
      }
      let row: AppendedRow
      try {
        row = commit('Recording the decision', record)
      } catch (error) {
        const first = isConflict(error) ? reader.decision(decisionId) : undefined
        if (first === undefined) throw error
        return first
      }
      return { decisionId, seq: row.seq, recordedAt, hash: row.hash, inputs, bookHash, body }
    },
    saveAccount(account, at) {
      change('account', at, account, 'terms', () => settings.saveAccount(account))
    },
    saveInstrument(spec, at) {
      change('instrument', at, spec, 'terms', () => settings.saveInstrument(spec))
    },
    saveStrategy(strategy, at) {
      change('strategy', at, strategy, 'ledger', () => settings.saveStrategy(strategy))
    },
    saveProfile({ name, yaml, hash }, at, inForce = true) {
      const known = inForce ? reader.activeProfile() : reader.profileByHash(hash)
      if (known?.name === name && known.hash === hash && known.yaml === yaml) return known
      const versions = reader.profiles().filter((profile) => profile.name === name)
      const version = Math.max(0, ...versions.map((profile) => profile.version)) + 1
      const saved: ProfileRecord = { name, version, hash, yaml, at }
      change('profile', at, { ...saved, inForce }, 'ledger', (seq) => settings.addProfile(seq, saved, inForce))
      return saved
    },
    saveSetting({ key, value, kind, says }, at) {
      change(kind, at, { key, value, says }, 'ledger', (seq) => settings.saveSetting(seq, { key, value, at }))
    },
    saveDeskState(state) {
      const { latch, facts, at } = state
      commit('Saving the state', () =>
        states.saveDeskState(append('state', at, canonical({ ...facts, latch })).seq, state),
      )
      writeStateCopy(path, latch)
    },
    acknowledgeBreach({ breachId, at, note, says }) {
      commit('Acknowledging the breach', () => {
        if (!states.acknowledge(breachId, at, note))
          throw new StoreFault('NOT_FOUND', `There is no breach ${breachId} that waits to be acknowledged.`)
        append('limit', at, canonical({ breachId, note, says }))
      })
    },
    addLimitPoints: (points, since) => commit('Keeping limit history', () => states.addLimitPoints(points, since)),
    addCashFlow(flow) {
      if (sameText(ledger.cashFlow(flow.flowId), flow)) return
      change('cash-flow', now(), flow, 'ledger', () => {
        if (ledger.addCashFlow(flow) !== 'added') throw conflict(`Cash flow ${flow.flowId}`)
      })
    },
    addFill(fill) {
      if (reader.instrument(fill.symbol) === undefined) throw noInstrument(fill.symbol)
      if (sameText(ledger.fill(fill.fillId), fill)) return
      change('fill', now(), fill, 'ledger', () => {
        if (ledger.addFill(fill, ledger.freeKey(fill)) !== 'added')
          throw conflict(`Fill ${fill.executionId ?? fill.fillId}`)
      })
    },
    recordTrading: (change) =>
      commit('Keeping orders', () =>
        orders.keepTrading(change, (kind, body) => append(kind, now(), canonical(body)).seq),
      ),
    addMark(mark) {
      const { symbol, at } = mark
      change('price', now(), mark, 'ledger', () => {
        if (market.addMark(mark, null) === 'conflict')
          throw conflict(`A ${mark.source} price of ${symbol} at ${new Date(at).toISOString()}`)
      })
    },
    importBatch(batch) {
      const known = batches.known(batch.batchId)
      if (known !== undefined) return known
      return commit('Importing', () => {
        // Rows name their batch before it is entered: its place in the log is known only after them.
        connection.pragma('defer_foreign_keys = 1')
        const { result, body } = batches.write(batch)
        const row = append('import', batch.at, body)
        batches.enter(batch, row.seq, result)
        bump.terms.run()
        return result
      })
    },
    undoBatch(batchId, at) {
      commit('Undoing the import', () => {
        const removed = undos.undo(batchId, at)
        append('import-undo', at, canonical({ batchId, removed }))
        bump.terms.run()
      })
    },
    savePreset: (preset) => commit('Saving the preset', () => settings.savePreset(preset)),
    saveSimulation(record) {
      if (reader.simulation(record.recordId) !== undefined) return
      commit('Keeping the simulation', () => simulations.addSimulation(record))
    },
    saveScenario: (scenario) => commit('Keeping the scenario', () => simulations.saveScenario(scenario)),
    dropScenario(name) {
      commit('Dropping the scenario', () => simulations.dropScenario(name))
    },
    settle() {
      if (closed || fault !== undefined) return
      try {
        settleLog(path, connection)
        journal.makeRoom()
      } catch (error) {
        fault = asStoreFault(error, 'Settling the book')
        throw fault
      }
      journal.flush()
    },
    close() {
      if (closed) return
      closed = true
      try {
        journal.close()
      } finally {
        connection.close()
        released()
      }
    },
  }
}

/** Whether the same thing is in the book already, so that saying it twice adds nothing. */
function sameText(held: object | undefined, given: object): boolean {
  return held !== undefined && canonical(held as Plain) === canonical(given as Plain)
}

function isConflict(error: unknown): boolean {
  return error instanceof StoreFault && error.code === 'CONFLICT'
}

function conflict(what: string): StoreFault {
  return new StoreFault('CONFLICT', `${what} is in the book with other values: it was left as it is.`)
}
