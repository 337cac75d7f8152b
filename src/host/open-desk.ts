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
export function openDesk(options: OpenDeskOptions): OpenedDesk {
  throw new Error(`there is no desk to open on ${options.dataDir} yet`)
}
