import { reason, type Reason } from '../kernel/reason.ts'

/** What is looked at before a desk goes live, in the order it is shown. */
export const PREFLIGHT = [
  ['audit', 'Audit log verified and anchored', 'LEDGER_UNVERIFIED'],
  ['backup', 'Backup of the last 24 hours', 'LEDGER_UNVERIFIED'],
  ['limits', 'Profile and limits complete', 'LIMITS_MISSING'],
  ['prices', 'Market data fresh', 'QUOTE_STALE'],
  ['clock', 'Clock sane', 'CLOCK_ANOMALY'],
  ['instruments', 'Instruments checked', 'SPEC_MISMATCH'],
  ['positions', 'Positions reconciled', 'RECONCILE_DIFF'],
  ['outcomes', 'No order of unknown outcome', 'OUTCOME_UNKNOWN'],
  ['state', 'State NORMAL', 'NOT_ARMED'],
  ['update', 'No update pending', 'VERSION_MIX'],
] as const

/** The name of a pre-flight check. */
export type PreflightId = (typeof PREFLIGHT)[number][0]

/** What was found; a check without a finding has failed. */
export type PreflightFindings = Readonly<
  Partial<Record<PreflightId, { readonly passed: boolean; readonly says: string }>>
>

/** One line of the list. */
export interface PreflightLine {
  readonly id: PreflightId
  readonly title: string
  readonly passed: boolean
  readonly says: string
}

/** The whole list, every check in it. */
export function preflightList(findings: PreflightFindings): readonly PreflightLine[] {
  return PREFLIGHT.map(([id, title]) => {
    const found = findings[id]
    return { id, title, passed: found?.passed === true, says: found?.says ?? 'It was not looked at.' }
  })
}

/** A reason for every check that has not passed. */
export function preflightFaults(findings: PreflightFindings): readonly Reason[] {
  return PREFLIGHT.flatMap(([id, title, code]) => {
    const found = findings[id]
    if (found?.passed === true) return []
    return [reason(code, `${title}: ${found?.says ?? 'it was not looked at.'}`, `preflight.${id}`)]
  })
}
