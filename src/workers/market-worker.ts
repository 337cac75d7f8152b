import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { parentPort } from 'node:worker_threads'
import { marketAnswer } from '../desk/portfolio/market-answer.ts'
import { StoreFault } from '../desk/ports.ts'
import { invariant } from '../domain/kernel/invariant.ts'
import { noteOpen } from '../store/book-file.ts'
import { bookShelf } from '../store/book-shelf.ts'
import { algebraAtHand } from '../wasm/wasm-algebra.ts'
import { eigenAtHand } from '../wasm/wasm-eigen.ts'
import type { MarketAsk, MarketSay } from './market-messages.ts'

// Studies markets and weighs portfolios in a thread of its own, from the book on a connection that cannot write.
const port = parentPort
invariant(port !== null, 'the market worker runs in a worker thread')

const algebra = algebraAtHand()
const eigen = eigenAtHand()

port.on('message', (ask: MarketAsk) => {
  port.postMessage(answer(ask))
})

function answer({ id, book: path, task }: MarketAsk): MarketSay {
  try {
    if (!existsSync(path)) throw new StoreFault('STORE_MISSING', `There is no book ${path}.`)
    // This process has the book open: closing another handle of the file would drop the writer's locks.
    const endNote = noteOpen(path)
    const book = bookShelf(dirname(path), { now: () => 0, newId: () => '' }).openReadOnly(path)
    try {
      return { id, kind: 'answer', answer: marketAnswer(book, task, { algebra, eigen, now: () => performance.now() }) }
    } finally {
      book.close()
      endNote()
    }
  } catch (error) {
    if (error instanceof StoreFault) return { id, kind: 'store-fault', code: error.code, says: error.message }
    return { id, kind: 'failed', error }
  }
}
