import { deskClient, type DeskClient } from '../../src/cli/desk-client.ts'
import { openDesk, type Desk } from '../../src/desk/desk.ts'
import { sampleBook } from '../../src/desk/sample/sample-book.ts'
import type { SimulationThreads, SimulationWatch } from '../../src/desk/simulate/ports.ts'
import { Workspace } from '../../src/desk/workspace.ts'
import { machineAmbient } from '../../src/host/machine-ambient.ts'
import { findResources, readPrograms, readShippedProfiles } from '../../src/host/resources.ts'
import { importShelf } from '../../src/importers/registry.ts'
import { bookShelf } from '../../src/store/book-shelf.ts'
import { type OpenThreads, simulationThreads } from '../../src/workers/simulation-threads.ts'
import type { PoolOptions } from '../../src/workers/thread-pool.ts'
import { temporaryFolder } from '../store/temporary-shelf.ts'
import { keepingLog } from '../support/sample-desk.ts'

/** A desk that simulates on real threads, in a real folder. */
export interface SimulatingRoom {
  readonly calls: DeskClient
  readonly desk: Desk
  readonly workspace: Workspace
  /** Every progress of every run, as the threads told it. */
  readonly told: number[]
  /** How every run ended. */
  readonly ends: Promise<{ readonly ok: boolean }>[]
  readonly lines: string[]
  /** Ends the worker threads, as whoever kills them does. */
  killWorkers(): Promise<void>
  close(): Promise<void>
}

/** Opens a desk with the sample book, or none. */
export async function simulatingRoom(
  pool: PoolOptions = { workers: 1 },
  book: 'sample' | 'none' = 'none',
): Promise<SimulatingRoom> {
  const dataDir = temporaryFolder()
  const told: number[] = []
  const ends: Promise<{ readonly ok: boolean }>[] = []
  const threads = simulationThreads(pool)
  const workspace = new Workspace({
    shelf: bookShelf(dataDir, machineAmbient),
    importShelf,
    threads: overheard(threads, told, ends),
    ambient: machineAmbient,
    dataDir,
    shipped: readShippedProfiles(findResources(process.cwd())),
    programs: readPrograms(findResources(process.cwd()), dataDir),
    host: 'desk',
    version: '0.0.0',
    versions: { node: process.versions.node, sqlite: '0', pid: process.pid },
    sample: sampleBook,
  })
  const { log, lines } = keepingLog()
  const desk = openDesk(workspace)
  const calls = deskClient(desk, log)
  if (book === 'sample') await calls.books.create({ from: 'sample' })
  const close = async (): Promise<void> => {
    workspace.close()
    await threads.close()
  }
  return { calls, desk, workspace, told, ends, lines, killWorkers: () => threads.close(), close }
}

/** The result of a stream; throws where it ends without one. */
export async function resultOf<Found>(
  stream: Promise<AsyncIterable<{ readonly kind: 'progress' } | { readonly kind: 'result'; readonly result: Found }>>,
): Promise<Found> {
  for await (const message of await stream) if (message.kind === 'result') return message.result
  throw new Error('the stream ended without a result')
}

/** The refusal a call ends with; throws where it does not. */
export async function refusalOf(call: Promise<unknown>): Promise<{ code: string; says: string; field?: string }> {
  try {
    await call
  } catch (error) {
    return (error as { data: { code: string; says: string; field?: string } }).data
  }
  throw new Error('the call was not refused')
}

function overheard(threads: OpenThreads, told: number[], ends: Promise<{ readonly ok: boolean }>[]): SimulationThreads {
  const heard = (watch: SimulationWatch): SimulationWatch => ({
    ...watch,
    onProgress: (done, of) => {
      told.push(done)
      watch.onProgress(done, of)
    },
  })
  const kept = <T extends { readonly ok: boolean }>(end: Promise<T>): Promise<T> => {
    ends.push(end)
    return end
  }
  return {
    engine: threads.engine,
    run: (plans, watch) => kept(threads.run(plans, heard(watch))),
    shard: (plan, part, watch) => kept(threads.shard(plan, part, heard(watch))),
    merge: (parts, watch) => kept(threads.merge(parts, heard(watch))),
    curve: (request, watch) => kept(threads.curve(request, heard(watch))),
    propFirm: (plan, watch) => kept(threads.propFirm(plan, heard(watch))),
  }
}
