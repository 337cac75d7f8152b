import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SettingView } from '../../../src/contract/profile.ts'
import { faultsByPath } from '../../../src/ui/settings/faults-by-path.ts'
import { keptValue, rangeText, settingFault, shownValue } from '../../../src/ui/settings/setting-text.ts'

const aSetting = (changed: Partial<SettingView>): SettingView => ({
  path: 'ceilings.risk_per_trade.max',
  section: 'Ceiling',
  title: 'Most risk per trade',
  help: '',
  kind: 'fraction',
  value: '0.02',
  least: '0',
  most: '1',
  choices: [],
  ...changed,
})

describe('a setting in its field', () => {
  it('shows a fraction as per cent and keeps the fraction, exactly', () => {
    expect(shownValue('fraction', '0.005')).toBe('0.5')
    expect(keptValue('fraction', '0.5')).toBe('0.005')
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 10n }), (units) => {
        const digits = units.toString().padStart(11, '0')
        const fraction = `${digits.slice(0, 1)}.${digits.slice(1)}`.replace(/\.?0+$/, '')
        return keptValue('fraction', shownValue('fraction', fraction)) === fraction
      }),
    )
  })

  it('leaves other numbers as they are', () => {
    expect(shownValue('number', '2')).toBe('2')
    expect(keptValue('money', '10000000')).toBe('10000000')
  })

  it('says what is allowed in the unit shown', () => {
    expect(rangeText(aSetting({ most: '0.2' }))).toBe('0 to 20 %')
    expect(rangeText(aSetting({ kind: 'milliseconds', least: '100', most: '3600000' }))).toBe('100 ms to 1 h')
    expect(rangeText(aSetting({ kind: 'choice', least: null, most: null }))).toBe('')
  })

  it('names title, value and range of what cannot be saved', () => {
    expect(settingFault(aSetting({ most: '0.2' }), '0.3')).toBe('Most risk per trade is 30 %; allowed is 0 to 20 %.')
    expect(settingFault(aSetting({}), '')).toContain('is empty')
    expect(settingFault(aSetting({}), '1,5x')).toContain('“1,5x” is not a number')
    expect(settingFault(aSetting({ kind: 'milliseconds', least: '0', most: '9' }), '1.5')).toContain('whole')
    expect(settingFault(aSetting({ kind: 'choice', choices: ['a', 'b'] }), 'c')).toContain('a, b')
    expect(settingFault(aSetting({}), '0.02')).toBeUndefined()
  })

  it('looks at every share of a table', () => {
    const table = aSetting({ kind: 'table', value: '{}', least: '0', most: '2', title: 'Caps' })
    expect(settingFault(table, '{"crypto":0.3}')).toBeUndefined()
    expect(settingFault(table, '{"crypto":"0.3","eur":3}')).toContain('eur is 300.00 %; allowed is 0 to 200 %')
    expect(settingFault(table, '{"crypto":""}')).toContain('crypto has no share yet')
    expect(settingFault(table, '{')).toContain('JSON')
  })
})

describe('a refusal with several faults', () => {
  const paths = ['ceilings.cluster.max', 'ceilings.cluster.maxOther', 'ceilings.daily_loss.max']

  it('is parted so that each sentence stands at its field', () => {
    const says =
      'ceilings.cluster.max is 30: it must be at most 20. Shares are fractions: 30 % is 0.3. ceilings.daily_loss.max is missing.'
    expect(faultsByPath(says, 'ceilings.cluster.max', paths)).toEqual({
      byPath: {
        'ceilings.cluster.max': 'ceilings.cluster.max is 30: it must be at most 20. Shares are fractions: 30 % is 0.3.',
        'ceilings.daily_loss.max': 'ceilings.daily_loss.max is missing.',
      },
      rest: undefined,
    })
  })

  it('does not take a longer path for a shorter one', () => {
    expect(faultsByPath('ceilings.cluster.maxOther is 1.', undefined, paths).byPath).toEqual({
      'ceilings.cluster.maxOther': 'ceilings.cluster.maxOther is 1.',
    })
  })

  it('goes to the field it names, or stands alone', () => {
    expect(faultsByPath('It is too much.', 'ceilings.cluster.max', paths).byPath).toEqual({
      'ceilings.cluster.max': 'It is too much.',
    })
    expect(faultsByPath('The book is read-only.', undefined, paths)).toEqual({
      byPath: {},
      rest: 'The book is read-only.',
    })
  })
})
