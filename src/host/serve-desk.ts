import { contract, programContract, restContract } from '../contract/index.ts'
import { apiTokenOf } from './api-token.ts'
import { claimDataDir } from './claim.ts'
import { environmentSecrets } from './environment-secrets.ts'
import { HostRefusal } from './host-refusal.ts'
import { startHttpHost, type HttpHost, type HttpHostOptions } from './http-host.ts'
import { openLog } from './log.ts'
import { openDesk } from './open-desk.ts'
import { findPageFolder } from './page-folder.ts'
import { version } from './version.ts'

/** The port a desk host takes when it is free: a fixed one, so that a browser keeps its settings for the address. */
export const usualPort = 4817

/** A desk host that answers. */
export interface ServedDesk {
  readonly origin: string
  /** An address that signs one browser in, once. */
  readonly newAddress: () => string
  /** What a person should know about the start, in a sentence; undefined when all is as usual. */
  readonly remark: string | undefined
  /** Lets calls in flight end, closes the book and gives the data folder free. */
  readonly close: () => Promise<void>
}

/**
 * Opens the desk on a data folder, with the book that was open last or the one that is named, and serves it on 127.0.0.1, on the
 * named port or the usual one or any; refuses as `HostRefusal`, for a named book as `StoreFault`.
 */
export async function serveDesk(
  dataDir: string,
  port: number | undefined,
  from: string,
  bookPath?: string,
): Promise<ServedDesk> {
  const log = openLog()
  const claim = claimDataDir(dataDir, 'desk')
  try {
    const named = bookPath === undefined ? {} : { bookPath }
    const { desk, fault, close } = openDesk({
      dataDir,
      host: 'desk',
      log,
      feeds: true,
      secrets: environmentSecrets(process.env),
      ...named,
    })
    const options = {
      contract,
      programContract,
      restContract,
      desk,
      pageFolder: findPageFolder(from),
      apiToken: apiTokenOf(dataDir),
      version,
      log,
    }
    const { host, remark } = await listen(options, port)
    claim.announce(host.origin)
    const end = async (): Promise<void> => {
      await host.close()
      close()
      claim.release()
    }
    const remarks = [fault, remark].filter((says) => says !== undefined)
    return {
      origin: host.origin,
      newAddress: host.newAddress,
      remark: remarks.length === 0 ? undefined : remarks.join(' '),
      close: end,
    }
  } catch (error) {
    claim.release()
    throw error
  }
}

async function listen(
  options: Omit<HttpHostOptions, 'port'>,
  port: number | undefined,
): Promise<{ host: HttpHost; remark: string | undefined }> {
  try {
    return { host: await startHttpHost({ ...options, port: port ?? usualPort }), remark: undefined }
  } catch (error) {
    // A port that was asked for is a promise to others; the usual one is a convenience.
    if (port !== undefined || !(error instanceof HostRefusal && error.code === 'PORT_IN_USE')) throw error
    const host = await startHttpHost({ ...options, port: 0 })
    return {
      host,
      remark: `port ${usualPort} is taken by another program; this desk answers at ${new URL(host.origin).port}.`,
    }
  }
}
