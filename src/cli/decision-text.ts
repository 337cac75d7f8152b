import type { Decision, RecordedDecision, Rung, Step } from '../contract/sizing.ts'
import { instant, money, percent, plain } from './figures.ts'
import { table } from './table.ts'

/** A decision as a person reads it: the verdict first, then figures, ladder, steps and proof. */
export function decisionText(decision: Decision | RecordedDecision): string {
  const parts = [verdict(decision), figures(decision), ladder(decision), steps(decision), proof(decision)]
  return parts.filter((part) => part !== '').join('\n\n')
}

function verdict({ outcome, says, reasons }: Decision): string {
  const others = reasons
    .filter((because) => !says.includes(because.says))
    .map(({ code, says: why }) => `  ${code}  ${why}`)
  return [`${outcome.toUpperCase()}  ${says}`, ...others].join('\n')
}

function figures(decision: Decision): string {
  const { currency, costs, exposure } = decision
  const lines: (readonly [string, string])[] = [
    ['Entry, stop, target', [decision.entry, decision.stop, decision.target].map(plain).join('   ')],
    ['Proposed, method', `${plain(decision.proposed)}   ${decision.method ?? '–'}`],
    ['Value', `${money(decision.notional)} ${currency} (${percent(decision.weight)} of equity)`],
    [
      'Loss at the stop',
      `${money(decision.riskAmount)} ${currency} (${percent(decision.riskFraction, 2)}), ${plain(decision.lossPerUnit)} a unit`,
    ],
    ['Gain at the target', `${money(decision.rewardAmount)} ${currency}`],
    ['Costs', `${money(costs.total)} ${currency}`],
    ['Gross exposure', `${money(exposure.grossBefore)} → ${money(exposure.grossAfter)} ${currency}`],
  ]
  const width = Math.max(...lines.map(([name]) => name.length))
  return lines.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join('\n')
}

function ladder({ ladder: rungs, binding }: Decision): string {
  if (rungs.length === 0) return ''
  const rows = rungs.map((rung) => [
    rung.rule === binding ? '>' : '',
    rung.title,
    rung.allows === null ? 'open' : plain(rung.allows),
    used(rung, rung.before),
    used(rung, rung.after),
    used(rung, rung.limit),
    percent(rung.utilisation),
    rung.state,
  ])
  const right = { align: 'right' } as const
  const columns = [
    { head: '' },
    { head: 'Limit' },
    { head: 'allows', ...right },
    { head: 'before', ...right },
    { head: 'after', ...right },
    { head: 'limit', ...right },
    { head: 'used', ...right },
    { head: 'state' },
  ]
  const first = rungs.find(({ whatWouldRelax }) => whatWouldRelax !== null)
  const relax = first?.whatWouldRelax == null ? '' : `\n\n  ${first.title}: ${first.whatWouldRelax.says}`
  return `Ladder: the quantity each limit allows, the tightest first\n${table(columns, rows)}${relax}`
}

function used({ unit }: Rung, value: string | null): string {
  if (value === null) return '–'
  return unit === 'money' ? money(value) : unit === 'fraction' ? percent(value, 2) : plain(value)
}

function steps({ steps: all }: Decision): string {
  const rows = all.map((step) => [step.stage, step.title, plain(step.after), mark(step), step.says])
  return `Steps\n${table([{ head: 'stage' }, { head: 'rule' }, { head: 'quantity', align: 'right' }, { head: '' }, { head: 'why' }], rows)}`
}

function mark({ stage, passed, before, after }: Step): string {
  if (!passed && (stage === 'validate' || stage === 'resolve' || stage === 'gate')) return 'stops'
  return Number(after) < Number(before) ? 'cuts' : ''
}

function proof(decision: Decision | RecordedDecision): string {
  const decided = `Decided for ${instant(decision.at)}, engine ${decision.engine}`
  if (!('decisionId' in decision)) return `${decided}. Not recorded: a dry run.`
  const { decisionId, seq, hash, profile } = decision
  return `${decided}, profile ${profile.name} ${profile.version}.\nRecorded as ${decisionId}, row ${seq}, ${hash}`
}
