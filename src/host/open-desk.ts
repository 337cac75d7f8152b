import { isContractProcedure, type AnyContractRouter } from '@orpc/contract'
import { contract } from '../contract/index.ts'
import { DeskRefusal } from '../desk/refusal.ts'

/** What a host needs of the desk: its calls, at the paths of the contract, and a clean end. */
export interface OpenedDesk {
  readonly desk: object
  /** Closes the open book; nothing acknowledged is lost without it, but the next start is quicker with it. */
  readonly close: () => void
}

/** Where and as what the desk is opened. */
export interface OpenDeskOptions {
  readonly dataDir: string
  readonly host: 'desk' | 'electron'
  readonly version: string
}

/** Opens the desk on a data folder. */
export function openDesk({ host, version }: OpenDeskOptions): OpenedDesk {
  const info = (): object => ({
    version,
    engine: 'none',
    host,
    node: process.versions.node,
    sqlite: 'none',
    now: Date.now(),
    pid: process.pid,
  })
  const desk = refusing(contract) as { system: object }
  return { desk: { ...desk, system: { ...desk.system, info } }, close: () => undefined }
}

function refusing(calls: AnyContractRouter): unknown {
  if (isContractProcedure(calls)) {
    return () => {
      throw new DeskRefusal('NOT_READY', 'The desk has no books yet.')
    }
  }
  return Object.fromEntries(Object.entries(calls).map(([name, below]) => [name, refusing(below as AnyContractRouter)]))
}
