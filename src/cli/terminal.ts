import { once } from 'node:events'
import { createInterface } from 'node:readline/promises'

/** Where a command speaks: one answer on stdout, everything else on stderr. */
export interface Terminal {
  /** Whether stdout belongs to one JSON document. */
  readonly json: boolean
  /** Whether a person sits there who can be asked. */
  readonly interactive: boolean
  /** Writes to stdout for a person; nothing while stdout belongs to a JSON document. */
  show(text: string): void
  /** Writes a line to stderr. */
  note(text: string): void
  /** Draws over the last line of a terminal; `undefined` wipes it. Nothing where stderr is no terminal. */
  progress(text: string | undefined): void
  /** Whether the answer to a question is yes; anything but y or yes is no. */
  confirm(question: string): Promise<boolean>
  /** All of stdin as text, at most `most` bytes; `undefined` where a person would have to type it. */
  input(most: number): Promise<{ readonly text: string; readonly whole: boolean } | undefined>
  /** Writes raw bytes to stdout as fast as they are taken. */
  pour(chunks: Iterable<string>): Promise<void>
}

/** The terminal of this process. */
export function processTerminal(json: boolean): Terminal {
  const { stdin, stdout, stderr } = process
  return {
    json,
    interactive: stdin.isTTY && stderr.isTTY,
    show(text) {
      if (!json) stdout.write(`${text}\n`)
    },
    note: (text) => void stderr.write(`${text}\n`),
    progress(text) {
      if (stderr.isTTY) stderr.write(`\r\u001b[K${text ?? ''}`)
    },
    async confirm(question) {
      const asking = createInterface({ input: stdin, output: stderr })
      try {
        return /^y(es)?$/i.test((await asking.question(`${question} [y/N] `)).trim())
      } finally {
        asking.close()
      }
    },
    async input(most) {
      if (stdin.isTTY) return undefined
      const chunks: Buffer[] = []
      let size = 0
      for await (const chunk of stdin as AsyncIterable<Buffer>) {
        chunks.push(chunk)
        size += chunk.length
        if (size > most) return { text: '', whole: false }
      }
      return { text: Buffer.concat(chunks).toString('utf8'), whole: true }
    },
    async pour(chunks) {
      for (const chunk of chunks) if (!stdout.write(chunk)) await once(stdout, 'drain')
    },
  }
}
