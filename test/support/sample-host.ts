import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { startHttpHost, type HttpHost } from '../../src/host/http-host.ts'
import { rawRequest } from './raw-request.ts'
import { keepingLog, sampleContract, sampleDesk, sampleRestContract } from './sample-desk.ts'

const apiToken = 'a'.repeat(32)

/** The headers of a program that knows the API token. */
export const bearer = { authorization: `Bearer ${apiToken}` }

/** The text of the long file of the sample page, `/assets/app-1.js`. */
export const longFile = 'export const long = 1\n'.repeat(500)

/** An HTTP host on the sample desk with a small page, started before the tests of a file and closed after them. */
export class SampleHost {
  readonly #folder = mkdtempSync(join(tmpdir(), 'ballast-host-'))
  readonly #desk = sampleDesk()
  readonly #log = keepingLog()
  readonly state = this.#desk.state
  readonly lines = this.#log.lines
  #host: HttpHost | undefined

  constructor() {
    beforeAll(async () => {
      const page = join(this.#folder, 'page')
      mkdirSync(join(page, 'assets'), { recursive: true })
      writeFileSync(join(page, 'index.html'), '<!doctype html><title>page</title>')
      writeFileSync(join(page, 'assets', 'app-1.js'), longFile)
      writeFileSync(join(this.#folder, 'secret.txt'), 'secret')
      this.#host = await this.another()
    })
    afterAll(async () => {
      await this.host.close()
      rmSync(this.#folder, { recursive: true })
    })
  }

  get host(): HttpHost {
    if (this.#host === undefined) throw new Error('the host is started before the tests, not before their file is read')
    return this.#host
  }

  get port(): number {
    return Number(new URL(this.host.origin).port)
  }

  /** Starts one more host on the same desk. */
  another(port = 0): Promise<HttpHost> {
    return startHttpHost({
      contract: sampleContract,
      restContract: sampleRestContract,
      desk: this.#desk.desk,
      pageFolder: join(this.#folder, 'page'),
      apiToken,
      version: '1',
      port,
      log: this.#log.log,
    })
  }

  get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Response> {
    return fetch(`${this.host.origin}${path}`, { headers, method, redirect: 'manual' })
  }

  post(path: string, body: string, type = 'application/json'): Promise<Response> {
    return fetch(`${this.host.origin}${path}`, { method: 'POST', body, headers: { ...bearer, 'content-type': type } })
  }

  /** Sends a request as these very lines, and `body` after them. */
  raw(lines: readonly string[], body = ''): Promise<string> {
    return rawRequest(this.port, [...lines, 'connection: close', '', body].join('\r\n'))
  }
}

/** The status of an answer as it came over the socket. */
export function statusOf(answer: string): number {
  return Number(answer.split(' ')[1])
}
