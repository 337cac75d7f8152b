import { join } from 'node:path'
import { expect, it } from 'vitest'
import { bookShelf } from '../../src/store/book-shelf.ts'
import { asAnotherProgram } from '../store/tampering.ts'
import { ACCOUNT, BEGIN, countingAmbient, temporaryFolder } from '../store/temporary-shelf.ts'
import { runChild } from './run-child.ts'

const KILLS = Number(process.env['BALLAST_KILLS'] ?? 12)
const child = join(import.meta.dirname, 'recording-child.ts')

it(
  `loses no acknowledged decision to ${KILLS} kills at random moments`,
  { timeout: 20_000 + KILLS * 3_000 },
  async () => {
    const shelf = bookShelf(temporaryFolder(), countingAmbient())
    const created = shelf.create({ name: 'Killed', kind: 'paper', clock: null, account: ACCOUNT, at: BEGIN })
    const { path } = created.info
    created.close()
    let recorded = 0
    let acknowledged = 0
    let unacknowledged = 0
    for (let kill = 0; kill < KILLS; kill++) {
      // Most kills hit the recording; every fourth hits the start: opening, checking, completing the journal.
      const delay = kill % 4 === 3 ? -Math.ceil(Math.random() * 250) : Math.random() * 120
      const run = await runChild(child, [path, String(recorded)], delay)
      expect(run.says, 'nothing but the kill ended the child').toBe('')
      const book = shelf.open(path)
      expect(book.verify()).toMatchObject({ verdict: 'verified-anchored' })
      for (const decisionId of run.acknowledged) expect(book.decision(decisionId)?.decisionId).toBe(decisionId)
      const { total } = book.decisions({ limit: 1 })
      const extra = total - recorded - run.acknowledged.length
      expect([0, 1], `kill ${kill} after ${delay} ms: ${extra} more than acknowledged`).toContain(extra)
      recorded = total
      acknowledged += run.acknowledged.length
      unacknowledged += extra
      book.close()
    }
    expect(acknowledged).toBeGreaterThan(KILLS)
    expect(asAnotherProgram(path, (database) => database.pragma('integrity_check', { simple: true }))).toBe('ok')
    const bound = (300 / KILLS).toFixed(1)
    console.log(
      `${KILLS} kills: ${acknowledged} acknowledged, 0 lost (fewer than ${bound} % of kills lose one, at 95 %), ${unacknowledged} kept unacknowledged`,
    )
  },
)
