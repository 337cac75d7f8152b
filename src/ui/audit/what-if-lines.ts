import type { Decision, Rung, Step } from '../../contract/sizing.ts'
import type { WhatIf } from '../../contract/what-if.ts'
import { moneyText, numberText, percentText } from '../format/number-text.ts'
import { inWords } from '../ticket/decision-text.ts'
import { outcomeWord } from './outcome.ts'

/** One line of both decisions side by side. */
export interface SideLine {
  readonly id: string
  readonly name: string
  readonly stored: string
  readonly whatIf: string
  readonly changed: boolean
  /** Both sentences, where there are some: stored first. */
  readonly says: readonly string[]
}

/** The figures a person compares first. */
export function figureLines({ stored, whatIf }: WhatIf): readonly SideLine[] {
  const line = (name: string, text: (decision: Decision) => string): SideLine => {
    const [left, right] = [text(stored), text(whatIf)]
    return sideLine(name, name, left, right, [])
  }
  const orDash = (value: string | null, text: (value: string) => string): string => (value === null ? '–' : text(value))
  return [
    line('Size', ({ quantity }) => numberText(quantity)),
    line('Outcome', ({ outcome }) => outcomeWord(outcome)),
    line('Set by', titleOfBinding),
    line('Proposed', ({ proposed }) => orDash(proposed, (value) => numberText(value, { mostPlaces: 4 }))),
    line('Value', ({ notional, currency }) => `${moneyText(notional, currency)} ${currency}`),
    line('Loss at the stop', ({ riskAmount, currency }) => `${moneyText(riskAmount, currency)} ${currency}`),
    line('Of equity', ({ riskFraction }) => orDash(riskFraction, (value) => percentText(value, 3))),
    line('Costs', ({ costs, currency }) => `${moneyText(costs.total, currency)} ${currency}`),
  ]
}

/** What each limit allows on both sides, and how much of it is then used. */
export function ladderLines({ ladder }: WhatIf): readonly SideLine[] {
  return ladder.map(({ rule, title, stored, whatIf }) => sideLine(rule, title, rungText(stored), rungText(whatIf), []))
}

/** What came out of each step on both sides. */
export function stepLines({ steps }: WhatIf): readonly SideLine[] {
  return steps.map(({ title, stored, whatIf }, index) =>
    sideLine(`${index}`, title, resultOf(stored), resultOf(whatIf), sentences(stored, whatIf)),
  )
}

/** A line is marked where what is read of it differs, in figures or in words. */
function sideLine(id: string, name: string, stored: string, whatIf: string, says: readonly string[]): SideLine {
  return { id, name, stored, whatIf, changed: stored !== whatIf || says.length > 1, says }
}

function rungText(rung: Rung | null): string {
  if (rung === null) return '–'
  if (rung.allows === null) return 'open'
  const used = rung.utilisation === null ? '' : ` (${percentText(rung.utilisation, 1)})`
  return `${numberText(rung.allows)}${used}`
}

function titleOfBinding({ binding, ladder, steps }: Decision): string {
  if (binding === null) return '–'
  return (
    ladder.find(({ rule }) => rule === binding)?.title ??
    steps.findLast(({ rule }) => rule === binding)?.title ??
    binding
  )
}

function sentences(stored: { says: string } | null, whatIf: { says: string } | null): readonly string[] {
  const [left, right] = [stored, whatIf].map((one) =>
    one === null ? 'Not a step of this decision.' : inWords(one.says),
  )
  return left === right ? [left ?? ''] : [left ?? '', right ?? '']
}

function resultOf(step: Step | null): string {
  if (step === null) return '–'
  if (step.stage === 'gate') return step.passed ? 'passed' : 'blocked'
  if (step.factor !== null) return `× ${numberText(step.factor, { mostPlaces: 4 })}`
  return numberText(step.ceiling ?? step.after, { mostPlaces: 4 })
}
