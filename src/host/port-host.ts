import type { WireEnd } from './wire.ts'

/** A MessagePort as Electron's main process has it: events are emitted, and nothing arrives before `start`. */
export interface EmittingPort {
  postMessage: (message: unknown) => void
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown
  on(event: 'close', listener: () => void): unknown
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
  const listening = 'addEventListener' in port
  serve({
    send: (message) => port.postMessage(message),
    onMessage: (listener) => {
      if (listening) port.addEventListener('message', ({ data }) => listener(data))
      else port.on('message', ({ data }) => listener(data))
    },
    onClose: (listener) => {
      if (listening) port.addEventListener('close', listener)
      else port.on('close', listener)
    },
  })
  port.start()
}
