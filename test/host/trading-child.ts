import { environmentSecrets } from '../../src/host/environment-secrets.ts'
import { openLog } from '../../src/host/log.ts'
import { openDesk } from '../../src/host/open-desk.ts'
import { PREFLIGHT } from '../../src/domain/desk-state/preflight.ts'
import { EMPTY, share } from '../desk/trading-room.ts'

// A desk on the exchange of `argv[3]`, with keys from the environment: everything it is told goes to stdout.
const [, , dataDir = '', network = ''] = process.argv
const none = new AbortController().signal
const secrets = environmentSecrets(process.env)
const opened = openDesk({ dataDir, host: 'desk', log: openLog(), secrets })
const { desk, posture } = opened

async function told(act: () => unknown): Promise<void> {
  try {
    process.stdout.write(`${JSON.stringify(await act())}\n`)
  } catch (error) {
    process.stdout.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  }
}

const account = { exchange: 'binanceusdm', network }
await told(() => process.env)
await told(() => desk.books.create({ ...EMPTY, currency: 'USDT', name: 'Live', kind: 'live', equity: '100000' }, none))
const future = {
  currency: 'USDT',
  tickSize: '0.1',
  lotStep: '0.001',
  minQuantity: '0.001',
  calendar: 'crypto',
} as const
await told(() => desk.market.saveInstrument(share('BTCUSDT', { ...future, assetClass: 'crypto' }), none))
await told(() => desk.exchange.get(undefined, none))
await told(() => desk.exchange.test(account, none))
await told(() => desk.exchange.choose({ broker: 'exchange', ...account }, none))
await told(() => desk.exchange.keepKeys({ key: 'typed-key-of-an-account', secret: 'typed-secret-of-an-account' }, none))
await told(() => desk.exchange.reconcile(undefined, none))
await told(() => desk.exchange.reconcile(undefined, none))
await told(() => desk.feed.typeQuote({ symbol: 'BTCUSDT', bid: '100', ask: '100' }, none))
for (let look = 0; look < 4; look += 1) posture.look()
const { causes } = await desk.state.get(undefined, none)
for (const { id } of causes) await told(() => desk.state.loosen({ cause: id, reason: 'Looked at.' }, none))
const { accountId } = await desk.account.get(undefined, none)
const findings = Object.fromEntries(PREFLIGHT.map(([id]) => [id, { passed: true, says: 'Passed.' }]))
await told(() => posture.arm({ lastFour: accountId.slice(-4), minutes: 5, findings }, 'window'))
for (const quantity of ['1', '2']) {
  const request = { symbol: 'BTCUSDT', side: 'buy', entry: '100', stop: '95', quantity } as const
  const { decisionId } = await desk.sizing.decide({ request }, none)
  const press = { windowId: 'window', symbol: 'BTCUSDT', side: 'buy', quantity } as const
  let confirmation = ''
  await told(async () => {
    const begun = await desk.trading.beginApproval(press, none)
    confirmation = begun.confirmation
    return begun
  })
  await new Promise((resolve) => setTimeout(resolve, 700))
  posture.heard('window')
  await told(() => desk.feed.typeQuote({ symbol: 'BTCUSDT', bid: '100', ask: '100' }, none))
  await told(() => desk.trading.approve({ decisionId, confirmation, typedQuantity: quantity }, none))
}
await told(() => desk.trading.orders({}, none))
await told(() => desk.trading.broker(undefined, none))
await told(() => desk.state.get(undefined, none))
await told(() => [...opened.auditRows()])
opened.close()
