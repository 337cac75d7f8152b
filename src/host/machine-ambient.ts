import { createHash, randomBytes } from 'node:crypto'
import type { Ambient } from '../desk/ports.ts'

/** Time, ids and hashes as this machine gives them. */
export const machineAmbient: Ambient = {
  now: () => Date.now(),
  newId: () => sortableId(Date.now()),
  sha256: (text) => createHash('sha256').update(text, 'utf8').digest('hex'),
  pause: (ms, signal, early) =>
    new Promise((resolve) => {
      const resume = (): void => {
        clearTimeout(timer)
        signal.removeEventListener('abort', resume)
        resolve()
      }
      const timer = setTimeout(resume, ms)
      signal.addEventListener('abort', resume)
      early(resume)
      if (signal.aborted) resume()
    }),
}

let last = { at: 0, count: 0 }

/** A UUID of version 7 (RFC 9562): sorts by its millisecond, and within one of this process by its place. */
function sortableId(now: number): string {
  const at = Math.max(now, last.at)
  // 12 bits count within a millisecond; in the unlikely case of more, time is borrowed from the next.
  last = at > last.at ? { at, count: 0 } : last.count < 0xfff ? { at, count: last.count + 1 } : { at: at + 1, count: 0 }
  const time = last.at.toString(16).padStart(12, '0')
  const random = randomBytes(8)
  random[0] = ((random[0] ?? 0) & 0x3f) | 0x80
  const tail = random.toString('hex')
  const count = last.count.toString(16).padStart(3, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-${tail.slice(0, 4)}-${tail.slice(4)}`
}
