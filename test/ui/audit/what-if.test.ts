import { describe, expect, it } from 'vitest'
import type { ChangeableInput, WhatIf } from '../../../src/contract/what-if.ts'
import { figureLines, ladderLines, stepLines } from '../../../src/ui/audit/what-if-lines.ts'
import { WhatIfTrial } from '../../../src/ui/audit/what-if.svelte.ts'
import { aDecision, aRung, aStep } from '../ticket/decisions.ts'

const INPUTS: readonly ChangeableInput[] = [
  { path: 'request.stop', group: 'Order', title: 'Stop', kind: 'text', value: '4998.25' },
  { path: 'request.risk', group: 'Order', title: 'Risk', kind: 'text', value: null },
  { path: 'account.equity', group: 'Account', title: 'Equity', kind: 'text', value: '103420' },
]

const tried = (more: Partial<WhatIf> = {}): WhatIf => ({
  mark: 'WHAT-IF',
  decisionId: 'd',
  changes: [],
  stored: aDecision(),
  whatIf: aDecision(),
  steps: [],
  ladder: [],
  ...more,
})

/** A desk that notes what is tried and refuses what it is told to. */
function trialDesk() {
  const asked: unknown[] = []
  const state = { refuse: false }
  const client = {
    whatIf: {
      inputs: () => Promise.resolve(INPUTS),
      decide: (call: { changes: readonly unknown[] }) => {
        asked.push(call.changes)
        return state.refuse ? Promise.reject(new Error('socket closed')) : Promise.resolve(tried())
      },
    },
  }
  return { trial: new WhatIfTrial({ client } as unknown as ConstructorParameters<typeof WhatIfTrial>[0]), asked, state }
}

describe('a what-if on screen', () => {
  it('begins with the decision beside itself, and tries each change at once', async () => {
    const { trial, asked } = trialDesk()
    await trial.begin('d')
    expect([trial.open, trial.groups, trial.answer?.mark]).toEqual([true, ['Order', 'Account'], 'WHAT-IF'])
    await trial.set('request.stop', '5000')
    await trial.set('account.equity', '')
    expect(asked).toEqual([
      [],
      [{ path: 'request.stop', value: '5000' }],
      [
        { path: 'request.stop', value: '5000' },
        { path: 'account.equity', value: null },
      ],
    ])
  })

  it('takes the stored value again for no change, and a change back by its path', async () => {
    const { trial, asked } = trialDesk()
    await trial.begin('d')
    await trial.set('request.stop', '5000')
    await trial.set('request.stop', '4998.25')
    expect(asked.at(-1)).toEqual([])
    await trial.set('request.risk', '')
    expect(trial.changes).toEqual([])
    await trial.set('request.risk', '0.01')
    await trial.drop('request.risk')
    expect([trial.changes, asked.at(-1)]).toEqual([[], []])
  })

  it('keeps what was tried last while a value is refused, and forgets all when it is shut', async () => {
    const { trial, state } = trialDesk()
    await trial.begin('d')
    state.refuse = true
    await trial.set('request.stop', 'x')
    expect([trial.refusal?.code, trial.answer?.mark]).toEqual(['CONNECTION_LOST', 'WHAT-IF'])
    trial.end()
    expect([trial.open, trial.answer, trial.inputs, trial.changes]).toEqual([false, undefined, undefined, []])
  })
})

describe('two decisions side by side', () => {
  it('marks what reads differently, and nothing else', () => {
    const ladder = [
      { rule: 'a', title: 'A', changed: true, stored: aRung('a', '5'), whatIf: aRung('a', '5', { facts: { x: '1' } }) },
      { rule: 'b', title: 'B', changed: true, stored: aRung('b', '5'), whatIf: aRung('b', '7') },
      { rule: 'c', title: 'C', changed: true, stored: aRung('c', '5'), whatIf: null },
    ]
    expect(ladderLines(tried({ ladder })).map(({ changed, whatIf }) => [changed, whatIf])).toEqual([
      [false, '5 (50.0 %)'],
      [true, '7 (50.0 %)'],
      [true, '–'],
    ])
  })

  it('tells both sentences of a step whose words differ, and one where they are alike', () => {
    const steps = [
      { rule: 'a', title: 'A', changed: false, stored: aStep('round', 'a'), whatIf: aStep('round', 'a') },
      {
        rule: 'g',
        title: 'G',
        changed: true,
        stored: aStep('gate', 'g'),
        whatIf: aStep('gate', 'g', { passed: false, says: 'g blocks.' }),
      },
    ]
    expect(
      stepLines(tried({ steps })).map(({ stored, whatIf, changed, says }) => [stored, whatIf, changed, says]),
    ).toEqual([
      ['7', '7', false, ['a leaves it.']],
      ['passed', 'blocked', true, ['g leaves it.', 'g blocks.']],
    ])
  })

  it('compares the figures a person looks at first', () => {
    const lines = figureLines(tried({ whatIf: aDecision({ quantity: '3', outcome: 'rejected' }) }))
    expect(lines.filter(({ changed }) => changed).map(({ name, stored, whatIf }) => [name, stored, whatIf])).toEqual([
      ['Size', '5', '3'],
      ['Outcome', 'reduced', 'refused'],
    ])
  })
})
