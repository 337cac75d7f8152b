import { share, EMPTY } from '../desk/trading-room.ts'
import type { ValidInput } from './hostile-payloads.ts'
import { PORTFOLIO_INPUTS } from './portfolio-inputs.ts'
import { TRADING_INPUTS } from './trading-inputs.ts'

const READING = {
  uploadId: 'upload-1',
  format: 'csv-bars',
  settings: { encoding: 'utf-8', delimiter: ',', headerLine: 1, decimalMark: '.', dateOrder: 'ymd', timeZone: 'UTC' },
}
const FILTER = { strategy: 's', symbol: 'AAPL', tag: 't', from: 1, to: 2 }
const REQUEST = { symbol: 'AAPL', side: 'buy', entry: '200', stop: '190', quantity: null, note: 'n' }

const POLICY = { method: 'fixed_fraction', fraction: 0.02 }
const SIMULATED = { model: { kind: 'winloss', p: 0.55, b: 1.2 }, paths: 100, trades: 20, seed: 1 }
const BOUNDS = {
  startingEquity: '1000',
  fee: 0.01,
  slippage: 0,
  floor: 0.5,
  trailingFloor: 0.5,
  stopAtFloor: true,
  target: 2,
  limit: 0.5,
  budget: { milliseconds: 1_000, megabytes: 64 },
}
const FREE = Object.keys(BOUNDS).concat('milliseconds', 'megabytes')
const CURVE = {
  fractions: [0.01, 0.02],
  points: 2,
  resamples: 0,
  resamplePaths: 10,
  tolerance: { ruin: 0.05, drawdown: 0.2 },
}
const ODDS = {
  programId: 'ftmo-2-step',
  initial: '100000',
  days: [[1, -1], [0.5]],
  dayBlock: 1,
  riskPerTrade: 0.01,
  order: { risk: 0.01, p: 0.5, b: 2 },
  orderRisks: [0, 0.01],
  tradeRisks: [0.01],
  fee: 0,
  slippage: 0,
  horizon: 5,
  paths: 10,
  seed: 1,
  budget: { milliseconds: 1_000, megabytes: 64 },
}

const CANDIDATE = {
  changes: [{ path: 'general.gapLoss', value: '1' }],
  name: 'discretionary',
  version: 1,
  method: 'fixed_risk',
}

/** A valid input of every call of the contract that takes one, by its path. */
export const CALL_INPUTS: Readonly<Record<string, ValidInput>> = {
  'books.open': { valid: { bookId: 'b' } },
  'books.create': { valid: { ...EMPTY, equity: '1000' } },
  'account.save': { valid: { name: 'A', timeZone: 'UTC', dayRoll: '00:00', enabled: true } },
  'account.setEquity': { valid: { equity: '1000', note: null } },
  'account.addCashFlow': { valid: { kind: 'deposit', amount: '1', at: 1, note: null }, optional: ['at'] },
  'sizing.preview': { valid: { request: REQUEST, accountId: 'main', asOf: 1 }, optional: ['accountId', 'asOf'] },
  'sizing.decide': {
    valid: { request: REQUEST, accountId: 'main', asOf: 1, decisionId: 'decision-1' },
    optional: ['accountId', 'asOf', 'decisionId'],
  },
  'whatIf.invert': {
    valid: {
      request: REQUEST,
      accountId: 'main',
      asOf: 1,
      quantity: '10',
      through: 'typed',
      unknowns: ['stop'],
    },
    optional: ['accountId', 'asOf', 'through', 'unknowns'],
  },
  'whatIf.compare': { valid: { request: REQUEST, accountId: 'main', asOf: 1 }, optional: ['accountId', 'asOf'] },
  'whatIf.inputs': { valid: { decisionId: 'd' } },
  'whatIf.decide': { valid: { decisionId: 'd', changes: [{ path: 'request.stop', value: '1' }] } },
  'decisions.list': {
    valid: {
      text: 't',
      symbol: 's',
      outcome: 'approved',
      strategy: 's',
      code: 'c',
      from: 1,
      to: 2,
      beforeSeq: 3,
      limit: 4,
    },
    optional: ['text', 'symbol', 'outcome', 'strategy', 'code', 'from', 'to', 'beforeSeq', 'limit'],
  },
  'decisions.get': { valid: { decisionId: 'd' } },
  'decisions.replay': { valid: { decisionId: 'd' } },
  'audit.rows': { valid: { beforeSeq: 1, limit: 2 }, optional: ['beforeSeq', 'limit'] },
  'limits.status': { valid: { budget: '0.03', target: '0.01' }, optional: ['budget', 'target'] },
  'limits.movedPositions': { valid: { after: 0 } },
  'limits.history': { valid: { key: 'daily_loss', from: 1, limit: 2 }, optional: ['from', 'limit'] },
  'state.stopAddingRisk': { valid: { reason: 'r' }, optional: ['reason'] },
  'state.halt': { valid: { reason: 'r' }, optional: ['reason'] },
  'state.lock': { valid: { minutes: 1, reason: 'r' }, optional: ['reason'] },
  'state.loosen': { valid: { cause: 'halt', reason: 'r' } },
  'state.arm': { valid: { lastFour: '4471', minutes: 15, windowId: 'w' } },
  'state.extendArm': { valid: { minutes: 15, windowId: 'w' } },
  'state.disarm': { valid: { reason: 'r' }, optional: ['reason'] },
  'state.heartbeat': { valid: { windowId: 'w' } },
  'state.acknowledge': { valid: { breachId: 'b', note: 'n' } },
  'edge.estimate': {
    valid: { ...FILTER, days: 30, last: 50 },
    optional: [...Object.keys(FILTER), 'days', 'last'],
  },
  'edge.history': { valid: { strategy: 's', days: 30 }, optional: ['strategy', 'days'] },
  'edge.asset': { valid: { symbol: 'AAPL' } },
  'edge.setRegime': { valid: { regime: 'chop', quality: '0.5' } },
  'journal.trades': {
    valid: { filter: FILTER, order: 'profit', way: 'ascending', limit: 10 },
    optional: ['filter', 'order', 'way', 'limit'],
  },
  'journal.review': { valid: FILTER, optional: Object.keys(FILTER) },
  'market.facts': { valid: { symbol: 'AAPL', asOf: 1 }, optional: ['asOf'] },
  'market.saveInstrument': { valid: { ...share('NEW'), clusters: ['tech'] } },
  'market.bars': {
    valid: { symbol: 'AAPL', interval: '1d', until: 1, limit: 10 },
    optional: ['interval', 'until', 'limit'],
  },
  'market.typePrice': { valid: { symbol: 'AAPL', price: '1' } },
  'market.saveStrategy': { valid: { code: 's', budget: '0.1', fixedQuantity: null, method: null, enabled: true } },
  'profile.choose': { valid: { name: 'discretionary', reason: 'r' }, optional: ['reason'] },
  'profile.change': {
    valid: { changes: [{ path: 'general.gapLoss', value: '1' }], reason: 'r' },
    optional: ['reason'],
  },
  'profile.check': { valid: { yaml: 'schema: 1', fileName: 'mine.yaml' } },
  'profile.compare': { valid: { ...CANDIDATE, request: REQUEST }, optional: [...Object.keys(CANDIDATE), 'request'] },
  'profile.sideBySide': {
    valid: { ...CANDIDATE, strategy: 's', limit: 5 },
    optional: [...Object.keys(CANDIDATE), 'strategy', 'limit'],
  },
  'profile.revert': { valid: { name: 'discretionary', version: 1, reason: 'r' }, optional: ['reason'] },
  'profile.dropPending': { valid: { strategy: null } },
  'profile.assign': {
    valid: { strategies: ['s'], profile: 'discretionary', method: 'fixed_risk', reason: 'r' },
    optional: ['profile', 'method', 'reason'],
  },
  'profile.undoAssignment': { valid: { reason: 'r' }, optional: ['reason'] },
  'propFirm.assign': {
    valid: { programId: 'ftmo-2-step', initial: '1000', startedAt: 1, reason: 'r' },
    optional: ['initial', 'startedAt', 'reason'],
  },
  'propFirm.stateFloors': { valid: { floor: '1', dayFloor: null } },
  'propFirm.drop': { valid: { reason: 'r' } },
  'imports.inspect': { valid: { fileName: 'a.csv', content: 'QQ==' } },
  'imports.preview': { valid: READING, optional: [] },
  'imports.progress': { valid: { uploadId: 'u' } },
  'imports.commit': { valid: { ...READING, previewId: 'p', onProblem: 'skip-rows' } },
  'imports.undo': { valid: { batchId: 'b' } },
  'imports.savePreset': { valid: { ...READING, name: 'p' } },
  ...PORTFOLIO_INPUTS,
  'simulation.run': {
    valid: { ...SIMULATED, ...BOUNDS, staking: POLICY, detail: 'full', record: false },
    optional: [...FREE, 'detail', 'record'],
  },
  'simulation.runOnce': {
    valid: { ...SIMULATED, ...BOUNDS, staking: POLICY, detail: 'core', record: false },
    optional: [...FREE, 'detail', 'record'],
  },
  'simulation.compare': { valid: { ...SIMULATED, ...BOUNDS, a: POLICY, b: POLICY }, optional: FREE },
  'simulation.curve': {
    valid: { ...SIMULATED, ...BOUNDS, ...CURVE },
    optional: [...FREE, ...Object.keys(CURVE)],
  },
  'simulation.curveOnce': {
    valid: { ...SIMULATED, ...BOUNDS, ...CURVE },
    optional: [...FREE, ...Object.keys(CURVE)],
  },
  'simulation.propFirm': { valid: ODDS, optional: Object.keys(ODDS) },
  'simulation.propFirmOnce': { valid: ODDS, optional: Object.keys(ODDS) },
  'simulation.lab': {
    valid: {
      on: { from: 'example', skill: 0.6, days: 20, seed: 1 },
      terms: { assetCap: 0.6, intradayLeverage: 4, overnightLeverage: 2, interest: 0.065, cost: 0 },
      variants: 7,
    },
    optional: ['terms', 'variants'],
  },
  'simulation.source': { valid: { filter: FILTER, days: 30, last: 50 }, optional: ['filter', 'days', 'last'] },
  'simulation.shard': { valid: { run: { ...SIMULATED, staking: POLICY }, shard: 1, shards: 2 } },
  'simulation.merge': { valid: { parts: ['QkFMTEFTVE1DMQ=='] } },
  'simulation.record': { valid: { recordId: 'r' } },
  'simulation.saveScenario': {
    valid: {
      name: 's',
      run: { ...SIMULATED, staking: POLICY },
      against: POLICY,
      tolerance: { ruin: 0.05, drawdown: 0.2 },
    },
    optional: ['against', 'tolerance'],
  },
  'simulation.dropScenario': { valid: { name: 's' } },
  'trading.unusual': { valid: { symbol: 'AAPL', side: 'buy', quantity: '1', price: '100', strategy: 's' } },
  'trading.beginApproval': { valid: { windowId: 'w', symbol: 'AAPL', side: 'buy', quantity: '1' } },
  ...TRADING_INPUTS,
  'feed.startLive': {
    valid: {
      feed: 'exchange',
      venue: 'binanceusdm',
      markets: [{ symbol: 'AAPL', market: 'BTC/USDT:USDT' }],
      ttl: 5_000,
    },
  },
  'feed.startReplay': {
    valid: { symbols: ['AAPL'], interval: '1d', from: 1, to: 2, speed: 60, seed: 1, equity: '1000' },
    optional: ['from', 'to', 'seed', 'equity'],
  },
  'feed.speed': { valid: { speed: 'stepped' } },
  'feed.step': { valid: { quotes: 1 } },
  'feed.typeQuote': { valid: { symbol: 'AAPL', bid: '1', ask: '2' } },
}
