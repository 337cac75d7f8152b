import { hash as digest } from 'node:crypto'
import type { DecisionToRecord } from '../../src/desk/ports.ts'
import type { DecisionBody, Rung, Step } from '../../src/domain/governor/decision.ts'
import type { BookInput, DecisionInputs, InstrumentSpec, Reading } from '../../src/domain/inputs.ts'
import { canonical, type Plain } from '../../src/domain/kernel/canonical.ts'

const AT = Date.UTC(2026, 2, 12, 14, 30)

/** A share priced in dollars, with nothing unusual about it. */
export function exampleInstrument(symbol: string, changes: Partial<InstrumentSpec> = {}): InstrumentSpec {
  return {
    symbol,
    name: `${symbol} Inc.`,
    assetClass: 'equity',
    currency: 'USD',
    tickSize: '0.01',
    lotStep: '1',
    minQuantity: '1',
    maxQuantity: null,
    minNotional: null,
    pointValue: '1',
    contractSize: null,
    tickValue: null,
    clusters: ['technology'],
    shortable: true,
    enabled: true,
    restricted: false,
    calendar: 'equity',
    marginRate: null,
    marginPerUnit: null,
    maxLeverageIntraday: null,
    maxLeverageOvernight: null,
    commissionPerUnit: '0.005',
    commissionRate: '0',
    commissionMinimum: '1',
    spread: '0.02',
    slippageTicks: '1',
    optionDelta: null,
    optionStrike: null,
    optionUnderlying: null,
    optionRight: null,
    expires: null,
    source: 'typed',
    ...changes,
  }
}

/** A decision of ordinary size (about 8 kB of canonical JSON), the n-th of its book. */
export function exampleDecision(n: number, changes: Partial<DecisionBody> = {}): DecisionToRecord {
  const at = AT + n * 1_000
  const book = exampleBook(at - (at % 60_000))
  const bookHash = digest('sha256', canonical(book as unknown as Plain), 'hex')
  return {
    decisionId: `01HZX${String(n).padStart(21, '0')}`,
    recordedAt: at,
    inputs: exampleInputs(at, bookHash),
    book,
    bookHash,
    body: { ...exampleBody(n, at), ...changes },
  }
}

function exampleBook(at: number): BookInput {
  const mark = { value: '187.20', source: 'feed', at }
  const positions = ['AAPL', 'MSFT', 'NVDA'].map((symbol) => ({
    symbol,
    strategy: null,
    quantity: '100',
    averagePrice: '180.5',
    stop: '171',
    mark,
    spec: exampleInstrument(symbol),
  }))
  const rates = [{ from: 'EUR', to: 'USD', rate: '1.08', at, source: 'typed' }]
  return { accountId: 'main', currency: 'USD', at, positions, working: [], rates }
}

function exampleInputs(at: number, bookHash: string): DecisionInputs {
  const reading = (value: string | null): Reading => ({ value, source: 'ledger', at: value === null ? null : at })
  const equity = reading('100000')
  return {
    schema: 1,
    engine: '0.1.0',
    at,
    bookKind: 'paper',
    bookHash,
    profileHash: 'a'.repeat(64),
    request: { symbol: 'AAPL', side: 'buy', entry: '187.2', stop: '183', note: 'ünïcode “note” 日本' },
    account: {
      accountId: 'main',
      name: 'Main',
      currency: 'USD',
      timeZone: 'America/New_York',
      dayRoll: '17:00',
      enabled: true,
      equity,
      peakEquity: equity,
      openingEquity: { day: equity, week: equity, month: equity },
      flows: { day: '0', week: '0', month: '0' },
    },
    instrument: exampleInstrument('AAPL'),
    strategy: null,
    last: reading('187.2'),
    bid: reading('187.19'),
    ask: reading('187.21'),
    atr: reading(null),
    edge: {
      scope: 'all',
      window: '30d',
      from: at - 86_400_000,
      to: at,
      wins: 12,
      losses: 9,
      scratches: 1,
      meanWin: '250',
      meanLoss: '140',
      source: 'trades',
    },
    recent: [{ symbol: 'MSFT', side: 'buy', quantity: '10', at: at - 5_000 }],
    ordersToday: 3,
  }
}

function exampleBody(n: number, at: number): DecisionBody {
  const says = `AAPL: buy ${100 + (n % 50)} at 187.20, stop 183.00: 0.42 % of equity at risk; single_asset binds.`
  return {
    schema: 1,
    engine: '0.1.0',
    at,
    accountId: 'main',
    bookKind: 'paper',
    kind: 'entry',
    symbol: 'AAPL',
    side: 'buy',
    strategy: null,
    method: 'fixed_risk',
    outcome: 'reduced',
    quantity: String(100 + (n % 50)),
    proposed: '238',
    entry: '187.2',
    stop: '183',
    target: null,
    currency: 'USD',
    notional: '18720',
    riskAmount: '420',
    riskFraction: '0.0042',
    weight: '0.1872',
    r: '0.42',
    lossPerUnit: '4.2',
    rewardAmount: null,
    costs: { commission: '2', spread: '1', slippage: '1', total: '4' },
    exposure: {
      grossBefore: '56160',
      grossAfter: '74880',
      netBefore: '56160',
      netAfter: '74880',
      leverageBefore: '0.5616',
      leverageAfter: '0.7488',
      symbolBefore: '18720',
      symbolAfter: '37440',
    },
    binding: 'single_asset',
    ladder: Array.from({ length: 6 }, (_, index) => exampleRung(index)),
    steps: Array.from({ length: 8 }, (_, index) => exampleStep(index)),
    reasons: [{ code: 'SINGLE_ASSET', says: 'AAPL would be 44.5 % of equity: the limit is 20 %.' }],
    says,
  }
}

function exampleRung(index: number): Rung {
  return {
    rule: `rule_${index}`,
    title: 'Single asset',
    allows: '100',
    unit: 'fraction',
    limit: '0.2',
    before: '0.1872',
    after: '0.2',
    utilisationBefore: '0.936',
    utilisation: '1',
    state: 'over',
    whatWouldRelax: { oneMoreLot: '0.0018', fullProposal: '0.258', says: 'A limit of 20.2 % allows one more.' },
    code: 'SINGLE_ASSET',
    says: 'All of AAPL stays within 20 % of equity: 100 units.',
    facts: { weight: '0.1872', limit: '0.2', at: '12' },
  }
}

function exampleStep(index: number): Step {
  return {
    stage: 'ceiling',
    rule: `rule_${index}`,
    title: 'Single asset',
    before: '238',
    after: '100',
    factor: null,
    ceiling: '100',
    passed: false,
    code: 'SINGLE_ASSET',
    facts: { weight: '0.1872', limit: '0.2', equity: '100000' },
    says: 'AAPL: at most 20 % of equity in one symbol, so 100 of 238 units.',
  }
}
