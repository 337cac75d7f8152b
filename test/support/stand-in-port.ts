import { EventEmitter } from 'node:events'

/** A MessagePortMain look-alike: emits `message`, holds messages until `start`, and closes its peer with it. */
export class StandInPort extends EventEmitter {
  peer: StandInPort | undefined
  closed = false
  #waiting: unknown[] = []
  #started = false

  postMessage(message: unknown): void {
    const copy: unknown = structuredClone(message)
    setImmediate(() => this.peer?.deliver(copy))
  }

  start(): void {
    this.#started = true
    for (const message of this.#waiting.splice(0)) this.emit('message', { data: message, ports: [] })
  }

  close(): void {
    if (this.closed) return
    this.closed = true
    setImmediate(() => this.emit('close'))
    this.peer?.close()
  }

  private deliver(message: unknown): void {
    if (this.closed) return
    if (this.#started) this.emit('message', { data: message, ports: [] })
    else this.#waiting.push(message)
  }
}

/** Two ports, each the other's peer. */
export function pair(): [StandInPort, StandInPort] {
  const [one, two] = [new StandInPort(), new StandInPort()]
  one.peer = two
  two.peer = one
  return [one, two]
}
