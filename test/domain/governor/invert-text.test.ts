import { describe, expect, it } from 'vitest'
import type { DecisionBody, Stage, Step } from '../../../src/domain/governor/decision.ts'
import type { Axis, Unknown } from '../../../src/domain/governor/invert-axes.ts'
import { obstacleAt, sayAnswer, sayNothing, type Telling } from '../../../src/domain/governor/invert-text.ts'
import type { Found } from '../../../src/domain/governor/invert-search.ts'
import { dec } from '../../../src/domain/kernel/money.ts'
import { size } from '../../support/sizing-fixtures.ts'

const body = size()
const typed = size({ request: { quantity: '300' } })

/** An answer at step 3 of a grid of `step`, told. */
function told(
  unknown: Unknown,
  found: { readonly kind: Found['kind'] },
  more: Omit<Partial<Telling>, 'axis'> & { readonly axis?: Partial<Pick<Axis, 'wanted' | 'present'>> } = {},
): string {
  const { axis: own, ...rest } = more
  const step = dec('0.5')
  const axis: Axis = {
    unknown,
    pieces: [{ least: 0, most: 9 }],
    wanted: 'least',
    present: dec('1'),
    guess: null,
    step,
    valueOf: (at: number) => step.times(at),
    stepOf: () => 7,
    inputsAt: () => {
      throw new Error('not asked')
    },
    passes: () => 0,
    ...own,
  }
  return sayAnswer({
    axis,
    quantity: dec('1200'),
    now: body,
    body,
    obstacle: null,
    beyond: null,
    ...rest,
    found: { step: 3, beyond: 2, rule: null, ...found },
  })
}

describe('an answer in words', () => {
  it.each([
    ['stop', 'Stop 1.5 or nearer allows 1,200, 0.5 above the present.'],
    ['entry', 'Entry 1.5 or higher allows 1,200, 0.5 above the present.'],
    ['risk', 'Risk 150.000 % or more allows 1,200, 50.000 % above the present.'],
    ['equity', 'Equity 1.50 USD or more allows 1,200, 0.50 USD deposited.'],
    ['win_rate', 'Win rate 150.00 % (7 of 10 trades won) or more allows 1,200, 50.000 % above the present.'],
  ] as const)('of the %s says its value, the way on and the change', (unknown, says) => {
    expect(told(unknown, { kind: 'found' })).toBe(says)
  })

  it.each([
    ['stop', 'Stop 1.5 or nearer allows 1,200, 2.5 below the present.'],
    ['entry', 'Entry 1.5 or lower allows 1,200, 2.5 below the present.'],
    ['risk', 'Risk 150.000 % or less allows 1,200, 250.000 % below the present.'],
    ['equity', 'Equity 1.50 USD or less allows 1,200, 2.50 USD less than now.'],
  ] as const)('of a largest %s below the present', (unknown, says) => {
    expect(told(unknown, { kind: 'found' }, { axis: { wanted: 'most', present: dec('4') } })).toBe(says)
  })

  it('says that it is as it is, or nothing of the present where there is none', () => {
    expect(told('stop', { kind: 'found' }, { axis: { present: dec('1.5') } })).toBe(
      'Stop 1.5 or nearer allows 1,200, as it is.',
    )
    expect(told('stop', { kind: 'found' }, { axis: { present: null } })).toBe('Stop 1.5 or nearer allows 1,200.')
  })

  it('tells what the next step further would give', () => {
    const beyond = { value: '1.0', gives: '1199' }
    expect(told('equity', { kind: 'found' }, { beyond, axis: { present: null } })).toBe(
      'Equity 1.50 USD or more allows 1,200. 1.00 USD gives 1,199.',
    )
  })

  it('says how far every value does', () => {
    expect(told('risk', { kind: 'any' })).toBe('Every risk from 150.000 % on allows 1,200.')
    expect(told('stop', { kind: 'any' }, { axis: { wanted: 'most' } })).toBe('Every stop up to 1.5 allows 1,200.')
  })

  it('says what is in the way, in the words of the rule or of the decision', () => {
    const obstacle = { rule: 'leverage', title: 'Leverage', code: 'LEVERAGE', says: 'Too much is borrowed.' }
    expect(told('stop', { kind: 'never' }, { obstacle })).toBe('No stop allows 1,200: Too much is borrowed.')
    expect(told('stop', { kind: 'never' })).toBe(`No stop allows 1,200: ${body.says}`)
  })

  it('says why the unknown counts for nothing', () => {
    expect(told('win_rate', { kind: 'no_effect' })).toBe(
      'The win rate does not change this order, sized by fixed_risk.',
    )
    expect(told('risk', { kind: 'no_effect' }, { body: typed })).toBe(
      'The risk does not change this order: its quantity is typed.',
    )
    expect(told('risk', { kind: 'no_effect' }, { body: { ...body, method: null } })).toBe(
      'The risk does not change this order, sized by no method.',
    )
  })

  it('says what cannot be asked about', () => {
    expect([sayNothing('win_rate'), sayNothing('equity'), sayNothing('stop')]).toEqual([
      'No closed trades count for this order, so no win rate does.',
      'The equity cannot be solved: equity is not known.',
      'The stop cannot be solved: the entry price is not known.',
    ])
  })
})

describe('the obstacle', () => {
  const step = (stage: Stage, rule: string, says: string): Step => ({
    stage,
    rule,
    title: `Title of ${says}`,
    before: '0',
    after: '0',
    factor: null,
    ceiling: null,
    passed: false,
    code: 'BRAKED',
    facts: {},
    says,
  })
  const told = (says: string, rule: string) => ({ rule, title: `Title of ${says}`, code: 'BRAKED', says })
  const with_ = (...steps: readonly Step[]): DecisionBody => ({ ...body, steps })

  it('is the step of the rule among ceilings, checks and rounding, not another of its name', () => {
    const steps = with_(step('adjust', 'leverage', 'not this'), step('ceiling', 'leverage', 'this'))
    expect(obstacleAt(steps, 'leverage')).toEqual(told('this', 'leverage'))
    expect(obstacleAt(with_(step('gate', 'session', 'shut')), 'session')).toEqual(told('shut', 'session'))
    expect(obstacleAt(with_(step('round', 'lot', 'small')), 'lot')).toEqual(told('small', 'lot'))
  })

  it('of the proposal is the brake that cut it, the last of them, else the proposal', () => {
    const braked = with_(
      step('propose', 'fixed_risk', 'asked'),
      step('adjust', 'weakest_link', 'braked'),
      step('adjust', 'drawdown', 'no'),
    )
    expect(obstacleAt(braked, 'proposal')).toEqual(told('braked', 'weakest_link'))
    expect(obstacleAt(with_(step('adjust', 'product', 'many')), 'proposal')).toEqual(told('many', 'product'))
    expect(
      obstacleAt(with_(step('ceiling', 'product', 'no'), step('propose', 'fixed_risk', 'asked')), 'proposal'),
    ).toEqual(told('asked', 'fixed_risk'))
  })

  it('is the refusal itself where no rule is in the way, or none of that name', () => {
    const refused = size({ account: { enabled: false } })
    const says = 'Account Main is switched off for new risk: enable it in Settings.'
    expect(obstacleAt(refused, null)).toEqual({ rule: 'account_enabled', title: 'Refused', code: 'NOT_ENABLED', says })
    expect(obstacleAt(refused, 'nothing')).toEqual({ rule: 'nothing', title: 'Refused', code: 'NOT_ENABLED', says })
    const bare = { ...body, steps: [], reasons: [], binding: null }
    expect(obstacleAt(bare, null)).toEqual({ rule: 'request', title: 'Refused', code: null, says: body.says })
  })
})
