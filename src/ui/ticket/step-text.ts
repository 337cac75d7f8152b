import type { Decision, Step } from '../../contract/sizing.ts'
import { numberText } from '../format/number-text.ts'
import { decimalText, placesOf, ratio } from '../format/ratio.ts'
import type { StepLine } from '../kit/step-line.ts'
import { inWords } from './decision-text.ts'

const titles: Readonly<Record<Step['stage'], string>> = {
  validate: 'Validate',
  resolve: 'Inputs',
  propose: 'Propose',
  adjust: 'Adjust',
  ceiling: 'Ceiling',
  round: 'Round',
  gate: 'Gate',
  exit: 'Exit',
}

/** The way to the size in a handful of lines: one a stage, with the sentence of the step that mattered. */
export function stageLines(decision: Decision): readonly StepLine[] {
  return stages(decision).flatMap(([stage, steps]) => {
    const last = steps.at(-1)
    if (last === undefined) return []
    const line = (sentence: string, result: string): StepLine => ({
      id: stage,
      stage: titles[stage],
      sentence: inWords(sentence),
      result,
    })
    if (stage === 'gate') {
      const failed = steps.find(({ passed }) => !passed)
      const passed = steps.filter((step) => step.passed).length
      return [line(failed?.says ?? listed(steps), `${passed} of ${steps.length}`)]
    }
    if (stage === 'adjust') {
      const acting = steps.find(({ before, after }) => before !== after)
      return [
        line(
          acting?.says ?? `${listed(steps)}: none`,
          acting === undefined ? '× 1' : numberText(last.after, { places: 2 }),
        ),
      ]
    }
    if (stage === 'ceiling') {
      const tightest =
        steps.find(({ rule }) => rule === decision.binding) ?? steps.find((step) => step.before !== step.after)
      return [line(tightest?.says ?? `${steps.length} limits, none cuts`, short(tightest?.ceiling ?? last.after))]
    }
    const acting = steps.find(({ passed }) => !passed) ?? last
    if (stage === 'validate' || stage === 'resolve') return acting.passed ? [] : [line(acting.says, '0')]
    return [line(acting.says, short(last.after))]
  })
}

/** Every step as it was recorded, with what came out of it. */
export function allSteps(decision: Decision): readonly StepLine[] {
  return decision.steps.map((step, index) => ({
    id: `${index}-${step.rule}`,
    stage: step.title,
    sentence: inWords(step.says),
    result: resultOf(step),
  }))
}

function resultOf(step: Step): string {
  if (step.stage === 'gate') return step.passed ? 'passed' : 'blocked'
  if (step.factor !== null) return `× ${numberText(step.factor)}`
  if (step.ceiling !== null) return short(step.ceiling)
  return short(step.after)
}

function stages(decision: Decision): readonly (readonly [Step['stage'], readonly Step[]])[] {
  const order: readonly Step['stage'][] = [
    'validate',
    'resolve',
    'exit',
    'propose',
    'adjust',
    'ceiling',
    'round',
    'gate',
  ]
  return order
    .map((stage) => [stage, decision.steps.filter((step) => step.stage === stage)] as const)
    .filter(([, steps]) => steps.length > 0)
}

/** A size on the way: two digits after the point say enough until it is rounded to the lot. */
const short = (value: string): string =>
  numberText(decimalText(ratio(value), placesOf(value) > 4 ? 4 : placesOf(value), 'towards-zero'))

const listed = (steps: readonly Step[]): string => steps.map(({ title }) => title.toLowerCase()).join(', ')
