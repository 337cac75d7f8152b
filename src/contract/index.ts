import { eventIterator, type ContractRouterClient } from '@orpc/contract'
import { backup } from './backup.ts'
import { account, books } from './books.ts'
import { audit, decisions } from './decisions.ts'
import { deskState } from './desk-state.ts'
import { edge } from './edge.ts'
import { exchange } from './trading/exchange.ts'
import { feed } from './feed.ts'
import { imports } from './imports.ts'
import { journal } from './journal.ts'
import { limits } from './limits.ts'
import { liveLimits } from './live-limits.ts'
import { market } from './market.ts'
import { paper } from './paper.ts'
import { portfolio } from './portfolio-study.ts'
import { profile } from './profile.ts'
import { propFirm } from './prop-firm.ts'
import { refusable } from './refusal.ts'
import { simulation } from './simulation.ts'
import { sizing } from './sizing.ts'
import { Change, system } from './system.ts'
import { trading } from './trading.ts'
import { whatIf } from './what-if.ts'

/** Every call that may cross a process boundary. Both hosts, the client, REST and the tests derive from it. */
export const contract = {
  system: {
    ...system,
    /** Latest-value stream: one message per change, conflated, with a beat every few seconds. */
    watch: refusable.output(eventIterator(Change)),
  },
  books,
  account,
  sizing,
  decisions,
  whatIf,
  audit,
  limits: { ...limits, ...liveLimits },
  state: deskState,
  edge,
  journal,
  market,
  profile,
  propFirm,
  imports,
  simulation,
  portfolio,
  trading,
  paper,
  backup,
  exchange,
  feed,
}
/** The type of the whole contract. */
export type Contract = typeof contract
/** The contract from the caller's side: every call with what it takes and what it answers. */
export type ContractClient = ContractRouterClient<Contract>

/**
 * What a program may call on a socket: everything but loosening, arming, and saying where live orders go, which take a person in
 * the window.
 */
export const programContract = {
  ...contract,
  state: {
    get: contract.state.get,
    stopAddingRisk: contract.state.stopAddingRisk,
    halt: contract.state.halt,
    lock: contract.state.lock,
    preflight: contract.state.preflight,
    disarm: contract.state.disarm,
    acknowledge: contract.state.acknowledge,
    watch: contract.state.watch,
  },
  exchange: { get: contract.exchange.get, test: contract.exchange.test, reconcile: contract.exchange.reconcile },
}

/** The part served as REST and described by OpenAPI. */
export const restContract = {
  system: { info: contract.system.info },
  sizing: contract.sizing,
  decisions: contract.decisions,
  whatIf: contract.whatIf,
  audit: contract.audit,
  limits: {
    portfolio: contract.limits.portfolio,
    status: contract.limits.status,
    summary: contract.limits.summary,
    live: contract.limits.live,
    history: contract.limits.history,
  },
  state: {
    get: contract.state.get,
    stopAddingRisk: contract.state.stopAddingRisk,
    halt: contract.state.halt,
    lock: contract.state.lock,
    preflight: contract.state.preflight,
  },
  trading: {
    broker: contract.trading.broker,
    orders: contract.trading.orders,
    positions: contract.trading.positions,
  },
  paper: { terms: contract.paper.terms },
  backup: contract.backup,
  edge: { estimate: contract.edge.estimate, history: contract.edge.history, asset: contract.edge.asset },
  simulation: {
    runOnce: contract.simulation.runOnce,
    curveOnce: contract.simulation.curveOnce,
    propFirmOnce: contract.simulation.propFirmOnce,
    lab: contract.simulation.lab,
  },
  feed: {
    status: contract.feed.status,
    list: contract.feed.list,
    startLive: contract.feed.startLive,
    stopLive: contract.feed.stopLive,
    typeQuote: contract.feed.typeQuote,
  },
  portfolio: {
    study: contract.portfolio.study,
    sensors: contract.portfolio.sensors,
    risk: contract.portfolio.risk,
    optimise: contract.portfolio.optimise,
  },
}
