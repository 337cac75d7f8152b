import { writeSync } from 'node:fs'
import { bookShelf } from '../../src/store/book-shelf.ts'
import { exampleDecision } from '../store/example-decision.ts'
import { countingAmbient } from '../store/temporary-shelf.ts'

/** Records decisions from the n-th on and says each id once it is durable, until it is killed. */
const [, , path = '', first = '0'] = process.argv
const book = bookShelf('.', countingAmbient()).open(path)
try {
  for (let n = Number(first); ; n++) {
    const { decisionId } = book.recordDecision(exampleDecision(n))
    writeSync(1, `${decisionId}\n`)
    if (n % 16 === 0) book.settle()
  }
} catch (error) {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  writeSync(2, `${code}\n`)
  process.exitCode = 3
}
