import type { WireEnd } from './wire.ts'

/** A MessagePort as Electron's main process has it: events are emitted, and nothing arrives before `start`. */
export interface EmittingPort {
  postMessage: (message: unknown) => void
  on: (event: string, listener: (event: { data: unknown }) => void) => unknown
  start: () => void
}

/** A MessagePort as browsers and worker threads have it. */
export interface ListeningPort {
  postMessage: (message: unknown) => void
  addEventListener: (event: string, listener: (event: { data?: unknown }) => void) => void
  start: () => void
}

/** Serves the desk on one message port until it closes. */
export function servePort(serve: (end: WireEnd) => void, port: EmittingPort | ListeningPort): void {
  const listen = (event: string, listener: (data: unknown) => void): void => {
    if ('addEventListener' in port) port.addEventListener(event, ({ data }) => listener(data))
    else port.on(event, (message) => listener((message as { data?: unknown } | undefined)?.data))
  }
  serve({
    send: (message) => port.postMessage(message),
    onMessage: (listener) => listen('message', listener),
    onClose: (listener) => listen('close', listener),
  })
  port.start()
}
