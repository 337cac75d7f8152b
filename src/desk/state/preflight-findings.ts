import type { Preflight } from '../../contract/desk-state.ts'
import { deskState } from '../../domain/desk-state/latch.ts'
import { preflightList, type PreflightFindings, type PreflightId } from '../../domain/desk-state/preflight.ts'
import { readInstrument } from '../../domain/instrument.ts'
import { DeskRefusal } from '../refusal.ts'
import { brokerOf } from '../trading/broker-choice.ts'
import type { Workspace } from '../workspace.ts'
import { backUpsOf } from './back-ups.ts'
import { priceFreshness } from './price-freshness.ts'

interface Finding {
  readonly passed: boolean
  readonly says: string
}

/** What has to hold before a halt is released; a live book is held to the whole list but for the state itself. */
const WITHOUT_STATE: Readonly<Record<'live' | 'other', readonly PreflightId[]>> = {
  live: ['audit', 'backup', 'limits', 'prices', 'clock', 'instruments', 'positions', 'outcomes', 'update'],
  other: ['audit', 'limits', 'instruments', 'outcomes', 'update'],
}

/** What the pre-flight list finds on the open book now. Walks the whole log. */
export function preflightFindings(workspace: Workspace): PreflightFindings {
  return {
    audit: audit(workspace),
    backup: backup(workspace),
    limits: limits(workspace),
    prices: prices(workspace),
    clock: condition(workspace, 'clock', 'Clock and proven time agree.'),
    instruments: instruments(workspace),
    positions: positions(workspace),
    outcomes: condition(workspace, 'outcomes', 'The outcome of every order is known.'),
    state: state(workspace),
    update: update(workspace),
  }
}

/** The list as it is shown. */
export function preflightView(workspace: Workspace): Preflight {
  const checks = preflightList(preflightFindings(workspace)).map((line) => ({ ...line }))
  return {
    passed: checks.every(({ passed }) => passed),
    accountId: workspace.account().accountId,
    checks,
  }
}

/** Whether what a halt waits for has passed, and the first thing that has not. */
export function releasePreflight(workspace: Workspace): Finding {
  const findings = preflightFindings(workspace)
  const wanted = WITHOUT_STATE[workspace.book.info.kind === 'live' ? 'live' : 'other']
  const failed = wanted.map((id) => findings[id]).find((finding) => finding?.passed !== true)
  return { passed: failed === undefined, says: failed?.says ?? 'Everything has passed.' }
}

function audit(workspace: Workspace): Finding {
  const { verdict } = workspace.verdict(true)
  return { passed: verdict.verdict === 'verified-anchored', says: verdict.says }
}

function backup(workspace: Workspace): Finding {
  const { due, fault, says } = backUpsOf(workspace).status()
  return { passed: !due, says: due && fault !== null ? `${says} The last attempt failed: ${fault}` : says }
}

/** What runs has to be what is installed: a newer one on disk would read the same book. */
function update({ options: { state, version } }: Workspace): Finding {
  if (state?.installedVersion === undefined)
    return { passed: true, says: `No updater is part of this build; version ${version} runs.` }
  const installed = state.installedVersion()
  if (installed === undefined)
    return { passed: false, says: `The installed version cannot be read, ${version} runs: start Ballast again.` }
  return installed === version
    ? { passed: true, says: `Version ${version} runs and is the one installed; no updater is part of this build.` }
    : { passed: false, says: `Version ${installed} is installed while ${version} runs: start Ballast again.` }
}

function limits(workspace: Workspace): Finding {
  const read = refusable(() => workspace.activeProfile().profile)
  if (typeof read === 'string') return { passed: false, says: read }
  const equity = workspace.accountInput(workspace.account(), workspace.readAt()).equity
  if (equity.value === null) return { passed: false, says: `Equity is not known: ${equity.source}.` }
  const kept = ['daily_loss', 'prop_firm'].some((rule) => read.ceilings.has(rule))
  return kept
    ? { passed: true, says: `Profile ${read.name} with ${read.ceilings.size} ceilings.` }
    : { passed: false, says: `Profile ${read.name} limits no daily loss: switch daily_loss on in it.` }
}

function prices(workspace: Workspace): Finding {
  const read = refusable(() => priceFreshness(workspace))
  if (typeof read === 'string') return { passed: false, says: read }
  const held = workspace.posture.now.latch.causes.find(({ kind }) => kind === 'prices')
  return held === undefined ? { passed: read.fresh, says: read.says } : { passed: false, says: held.says }
}

function condition(workspace: Workspace, kind: 'clock' | 'outcomes', fine: string): Finding {
  const cause = workspace.posture.now.latch.causes.find((one) => one.kind === kind)
  return cause === undefined ? { passed: true, says: fine } : { passed: false, says: cause.says }
}

function instruments({ book }: Workspace): Finding {
  const specs = book.instruments()
  for (const spec of specs) {
    const read = readInstrument(spec)
    if (!read.ok)
      return { passed: false, says: `${spec.symbol}: ${read.error[0]?.says ?? 'its specification cannot be read.'}` }
  }
  return specs.length === 0
    ? { passed: false, says: 'The book has no instrument: enter one in Settings.' }
    : { passed: true, says: `${specs.length} specifications are complete.` }
}

function positions(workspace: Workspace): Finding {
  const { book, posture } = workspace
  const cause = posture.now.latch.causes.find(({ kind }) => kind === 'difference')
  if (cause !== undefined) return { passed: false, says: cause.says }
  const held = book.holdings(workspace.account().accountId, workspace.now())
  // Nothing held here may be something held at an exchange.
  if (held.length === 0 && brokerOf(book) !== 'exchange') return { passed: true, says: 'Nothing is held.' }
  return posture.reconciledAt === undefined
    ? { passed: false, says: 'Positions were not compared with the broker’s since the desk started: reconcile them.' }
    : { passed: true, says: `Equal to the broker’s at ${new Date(posture.reconciledAt).toISOString()}.` }
}

function state({ posture }: Workspace): Finding {
  const word = deskState(posture.now.latch)
  return { passed: word === 'NORMAL', says: word === 'NORMAL' ? 'NORMAL.' : `The desk is ${word}: loosen it first.` }
}

function refusable<T>(read: () => T): T | string {
  try {
    return read()
  } catch (error) {
    if (error instanceof DeskRefusal) return error.message
    throw error
  }
}
