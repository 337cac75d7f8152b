import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import type { ContractClient } from '../../src/contract/index.ts'
import { aShare, importMinutes, minuteFile } from './desk-line.ts'
import type { Desk } from './fixtures.ts'
import { openWindowLine } from './window-line.ts'

/** The books a person must never mistake for one another; a live one is armed or only watches. */
export const bookKinds = ['sample', 'paper', 'live', 'armed'] as const
/** One of those books. */
export type BookKind = (typeof bookKinds)[number]

const empty = { from: 'empty', currency: 'USD', timeZone: 'America/New_York', dayRoll: '17:00' } as const
const opening = Date.UTC(2026, 1, 2, 15)

/** Opens a book of a kind in a fresh desk, with something in it to look at; what is returned lets go of it. */
export async function openBookOfKind(kind: BookKind, desk: Desk): Promise<() => void> {
  const { calls, close } = await openWindowLine(await desk.newAddress())
  if (kind === 'sample') await calls.books.create({ from: 'sample' })
  else if (kind === 'paper') await paper(calls)
  else return live(calls, desk, kind === 'armed', close)
  return close
}

async function paper(calls: ContractClient): Promise<void> {
  await calls.books.create({ ...empty, name: 'Paper', kind: 'paper', equity: null })
  await calls.market.saveInstrument(aShare('AAPL'))
  await importMinutes(calls, 'AAPL', minuteFile(opening))
  await calls.feed.startReplay({ symbols: ['AAPL'], interval: '1m', speed: 'stepped', equity: '100000' })
  await calls.feed.step({ quotes: 40 })
  const request = { symbol: 'AAPL', side: 'buy', entry: 'market', stop: '40', quantity: '20' } as const
  const { decisionId } = await calls.sizing.decide({ request })
  await calls.trading.approve({ decisionId })
  await calls.feed.step({ quotes: 20 })
}

/** A live book with steady prices; armed from a window that goes on living. */
async function live(calls: ContractClient, desk: Desk, armed: boolean, close: () => void): Promise<() => void> {
  const windowId = 'beside'
  await calls.books.create({ ...empty, name: 'Live', kind: 'live', equity: '100000' })
  await calls.market.saveInstrument(aShare('AAPL'))
  await importMinutes(calls, 'AAPL', minuteFile(opening))
  let quoted = 0
  const quote = (): void => {
    quoted += 1
    const bid = quoted % 2 === 0 ? '99.98' : '99.99'
    const told: Promise<unknown>[] = [calls.feed.typeQuote({ symbol: 'AAPL', bid, ask: '100.01' })]
    if (armed) told.push(calls.state.heartbeat({ windowId }))
    // Another book may have been opened, or the desk ended: then nobody looks at these prices any more.
    Promise.all(told).catch(() => clearInterval(steady))
  }
  const steady = setInterval(quote, 500)
  quote()
  const end = (): void => {
    clearInterval(steady)
    close()
  }
  if (!armed) return end
  const backUp = ['out/main/cli.js', 'backup', join(desk.dataDir, 'copy.ballast-backup'), '--data-dir', desk.dataDir]
  execFileSync(process.execPath, backUp)
  for (let tries = 0; !(await arm(calls, windowId)); tries += 1) {
    if (tries > 20) throw new Error('the live book does not become ready to be armed')
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  return end
}

async function arm(calls: ContractClient, windowId: string): Promise<boolean> {
  const { causes, accountId } = await calls.state.get()
  for (const { id } of causes)
    await calls.state.loosen({ cause: id, reason: 'prices are fresh' }).catch(() => undefined)
  const { passed } = await calls.state.preflight()
  if (!passed) return false
  await calls.state.arm({ lastFour: accountId.slice(-4), minutes: 15, windowId })
  return true
}
