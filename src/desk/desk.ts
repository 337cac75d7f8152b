import type { TradeFilter } from '../contract/edge.ts'
import type { ContractClient } from '../contract/index.ts'
import { ENGINE } from '../domain/governor/decide.ts'
import { accountView, addCashFlow, saveAccount, setEquity } from './account.ts'
import { auditRows, auditVerdict } from './audit.ts'
import { createEmpty, createSample, listBooks, openBook } from './books.ts'
import { compareForOrder } from './compare-methods.ts'
import { getDecision, listDecisions, replayDecision } from './decisions.ts'
import { openFeed } from './feed/desk-feed.ts'
import { keepRollMarks } from './feed/keep-roll-marks.ts'
import { openImports } from './import/desk-imports.ts'
import { invertOrder } from './invert-order.ts'
import { deskView } from './desk-view.ts'
import { estimateEdge, historyOf, type EdgeQuery, type HistoryQuery } from './edge.ts'
import { portfolioStatus } from './edge-status.ts'
import { listTrades, reviewTrades } from './journal.ts'
import { portfolioLimits } from './limits.ts'
import { limitHistory, liveLimits } from './live-limits/live-limits.ts'
import {
  barSeries,
  instrumentFacts,
  listInstruments,
  listStrategies,
  saveInstrument,
  saveStrategy,
  typePrice,
} from './market.ts'
import { openPortfolio } from './portfolio/desk-portfolio.ts'
import { withStudies } from './prepare-studies.ts'
import { assign, undoAssignment } from './profile-assign.ts'
import { checkProfile } from './profile-check.ts'
import { compareProfile, sideBySide } from './profile-compare.ts'
import { dropPending } from './profile-put.ts'
import { profileVersions, revertProfile } from './profile-versions.ts'
import { changeProfile, chooseProfile, listProfiles, profileView } from './profile-view.ts'
import { assignProgram, dropProgram, propFirmView, stateFloors } from './prop-firm.ts'
import { listPrograms } from './prop-firm-programs.ts'
import type { StopSignal } from './ports.ts'
import { openSimulation } from './simulate/desk-simulation.ts'
import { decideOrder, listMethods, previewOrder, shown } from './size-order.ts'
import { backUpsOf } from './state/back-ups.ts'
import { openStates } from './state/desk-states.ts'
import { assetMetricsOf } from './studies-asset.ts'
import { regimeView, setRegime } from './studies-regime.ts'
import { portfolioSummary } from './studies-summary.ts'
import { openExchange } from './trading/desk-exchange.ts'
import { openPaperTerms } from './trading/paper-terms.ts'
import { openTrading } from './trading/desk-trading.ts'
import { roomOf } from './trading/trading-room.ts'
import { movedPositions } from './moved-positions.ts'
import { watchChanges } from './watch.ts'
import { decideWhatIf, whatIfInputs } from './what-if.ts'
import type { Workspace } from './workspace.ts'

type Client = ContractClient
/** One call as the desk answers it: what the client sends in, what it gets out, at once or later. */
type Answer<Call> = Call extends (input: infer Input, ...rest: never[]) => Promise<infer Output>
  ? (input: Input, signal: StopSignal) => Given<Output>
  : never
type Given<Output> = Output extends AsyncIterator<infer Item, unknown> ? AsyncIterable<Item> : Output | Promise<Output>
/** Every call of the contract, answered. */
export type Desk = {
  readonly [Slice in keyof Client]: { readonly [Name in keyof Client[Slice]]: Answer<Client[Slice][Name]> }
}

/** The desk on a workspace: every call of the contract, each one use case. */
export function openDesk(workspace: Workspace): Desk {
  const { options } = workspace
  keepRollMarks(workspace)
  const findRoom = roomOf(workspace)
  return {
    system: {
      info: () => ({
        version: options.version,
        engine: ENGINE,
        host: options.host,
        node: options.versions.node,
        sqlite: options.versions.sqlite,
        now: workspace.openBook === undefined ? options.ambient.now() : workspace.now(),
        pid: options.versions.pid,
      }),
      watch: (_, signal) => watchChanges(workspace, signal),
    },
    books: {
      list: () => listBooks(workspace),
      open: ({ bookId }) => openBook(workspace, bookId),
      create: (wanted) => (wanted.from === 'sample' ? createSample(workspace) : createEmpty(workspace, wanted)),
    },
    account: {
      get: () => accountView(workspace),
      save: (change) => saveAccount(workspace, change),
      setEquity: ({ equity, note }) => setEquity(workspace, equity, note),
      addCashFlow: (entry) => addCashFlow(workspace, entry),
    },
    sizing: {
      preview: (order) => withStudies(workspace, order, () => shown(previewOrder(workspace, order))),
      decide: (order) => withStudies(workspace, order, () => decideOrder(workspace, order)),
      methods: () => listMethods(workspace),
    },
    decisions: {
      list: (filter) => listDecisions(workspace, filter as Parameters<typeof listDecisions>[1]),
      get: ({ decisionId }) => getDecision(workspace, decisionId),
      replay: ({ decisionId }) => replayDecision(workspace, decisionId),
    },
    whatIf: {
      invert: ({ through = 'method', ...order }) =>
        withStudies(workspace, order, () => invertOrder(workspace, { ...order, through })),
      compare: (order) => withStudies(workspace, order, () => compareForOrder(workspace, order), { everyMethod: true }),
      inputs: ({ decisionId }) => whatIfInputs(workspace, decisionId),
      decide: ({ decisionId, changes }) => decideWhatIf(workspace, decisionId, changes),
    },
    audit: {
      status: () => auditVerdict(workspace, false),
      verify: () => auditVerdict(workspace, true),
      rows: (query) => auditRows(workspace, query as Parameters<typeof auditRows>[1]),
    },
    limits: {
      portfolio: () => portfolioLimits(workspace),
      status: (asked) => portfolioStatus(workspace, asked),
      summary: () => portfolioSummary(workspace),
      desk: () => deskView(workspace),
      movedPositions: (asked, signal) => movedPositions(workspace, asked, signal),
      live: () => liveLimits(workspace),
      history: (asked) => limitHistory(workspace, asked),
    },
    state: openStates(workspace),
    edge: {
      estimate: (query) => estimateEdge(workspace, query as EdgeQuery | undefined),
      history: (query) => historyOf(workspace, query as HistoryQuery | undefined),
      asset: ({ symbol }) => assetMetricsOf(workspace, symbol),
      regime: () => regimeView(workspace),
      setRegime: (regime) => setRegime(workspace, regime),
    },
    journal: {
      trades: ({ filter = {}, order = 'exitAt', way = 'descending', limit = 200 } = {}) =>
        listTrades(workspace, { filter: filter as TradeFilter, order, way, limit }),
      review: (filter) => reviewTrades(workspace, filter as TradeFilter | undefined),
    },
    market: {
      instruments: () => listInstruments(workspace),
      facts: ({ symbol, asOf }) => instrumentFacts(workspace, symbol, asOf),
      saveInstrument: (spec) => saveInstrument(workspace, spec),
      bars: ({ limit = 250, ...query }) => barSeries(workspace, { ...query, limit }),
      typePrice: ({ symbol, price }) => typePrice(workspace, symbol, price),
      strategies: () => listStrategies(workspace),
      saveStrategy: (strategy) => saveStrategy(workspace, strategy),
    },
    profile: {
      get: () => profileView(workspace),
      list: () => listProfiles(workspace),
      choose: ({ name, reason }) => chooseProfile(workspace, name, reason),
      change: ({ changes, reason }) => changeProfile(workspace, changes, reason),
      check: ({ yaml, fileName }) => checkProfile(yaml, fileName, workspace.openBook?.strategies()),
      compare: (candidate) => compareProfile(workspace, candidate),
      sideBySide: (candidate) => sideBySide(workspace, candidate),
      versions: () => profileVersions(workspace),
      revert: ({ name, version, reason }) => revertProfile(workspace, name, version, reason),
      dropPending: ({ strategy }) => {
        dropPending(workspace, strategy ?? '')
        return profileView(workspace)
      },
      assign: (wanted) => assign(workspace, wanted),
      undoAssignment: ({ reason }) => undoAssignment(workspace, reason),
    },
    propFirm: {
      programs: () => listPrograms(workspace),
      get: () => propFirmView(workspace),
      assign: (wanted) => assignProgram(workspace, wanted),
      stateFloors: (stated) => stateFloors(workspace, stated),
      drop: ({ reason }) => dropProgram(workspace, reason),
    },
    imports: openImports(workspace),
    simulation: openSimulation(workspace),
    portfolio: openPortfolio(workspace),
    trading: openTrading(findRoom),
    exchange: openExchange(findRoom),
    paper: openPaperTerms(workspace),
    backup: { status: () => backUpsOf(workspace).status(), make: () => backUpsOf(workspace).make() },
    feed: openFeed(workspace, findRoom),
  }
}
