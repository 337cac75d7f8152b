import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bookShelf } from '../../src/store/book-shelf.ts'
import { ACCOUNT, BEGIN, countingAmbient, temporaryFolder } from '../store/temporary-shelf.ts'
import { runChild } from './run-child.ts'

const child = join(import.meta.dirname, 'recording-child.ts')

describe.skipIf(process.platform === 'win32')('files that may not grow any further', () => {
  // Blocks of 512 bytes: the smallest stops the first commits, the others the journal or the log somewhere on the way.
  it.each([480, 700, 1_100, 2_000])(
    'stop the recording with a fault, and lose nothing acknowledged: %i blocks',
    async (blocks) => {
      const shelf = bookShelf(temporaryFolder(), countingAmbient())
      const created = shelf.create({ name: 'Full', kind: 'paper', clock: null, account: ACCOUNT, at: BEGIN })
      const { path } = created.info
      created.close()
      const run = await runChild(child, [path, '0'], undefined, blocks)
      expect(run.code).toBe(3)
      expect(['STORE_FULL', 'STORE_IO']).toContain(run.says)
      const book = shelf.open(path)
      for (const decisionId of run.acknowledged) expect(book.decision(decisionId)?.decisionId).toBe(decisionId)
      expect(book.decisions({ limit: 1 }).total - run.acknowledged.length).toBeLessThanOrEqual(1)
      expect(book.verify()).toMatchObject({ verdict: 'verified-anchored' })
      book.close()
    },
  )
})
