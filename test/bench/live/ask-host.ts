import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { Answered, Asked } from './quotes-host.ts'

/** A desk host in a process of its own, fed by what is asked of it. */
export interface AskedHost {
  readonly newAddress: () => string
  readonly ask: (asked: Exclude<Asked, { tell: 'end' }>) => Promise<Answered>
  readonly end: () => Promise<void>
}

/** Starts the host with 100 positions; resolves when it answers. Its address works once. */
export async function startQuotesHost(): Promise<AskedHost> {
  const child = fork(join(import.meta.dirname, 'quotes-host.ts'), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const next = (): Promise<Answered> =>
    new Promise((resolve, reject) => {
      const ended = (code: number | null): void => reject(new Error(`the host ended with ${String(code)}`))
      child.once('exit', ended)
      child.once('message', (answered) => {
        child.off('exit', ended)
        resolve(answered as Answered)
      })
    })
  const { address = '' } = await next()
  return {
    newAddress: () => address,
    ask: (asked) => {
      const answered = next()
      child.send(asked)
      return answered
    },
    end: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve())
        if (child.exitCode !== null || child.signalCode !== null) resolve()
        else child.send({ tell: 'end' } satisfies Asked)
      }),
  }
}
