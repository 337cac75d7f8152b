import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { checkProfile } from '../../src/desk/profile-check.ts'

const folder = fileURLToPath(new URL('../../resources/profiles/', import.meta.url))
const shipped = (name: string): string => readFileSync(`${folder}${name}.yaml`, 'utf8')
const GOOD = shipped('discretionary')

/** The text with one of its lines changed, and that line's number. */
function withLine(from: string, to: string, yaml = GOOD): { yaml: string; line: number } {
  const at = yaml.indexOf(from)
  if (at < 0) throw new Error(`no line has ${from}`)
  return { yaml: yaml.replace(from, to), line: yaml.slice(0, at).split('\n').length }
}

describe('a check of a profile', () => {
  it.each(readdirSync(folder).filter((name) => name.endsWith('.yaml')))('finds nothing in %s', (name) => {
    expect(checkProfile(readFileSync(`${folder}${name}`, 'utf8'), name)).toEqual({ faults: [], warnings: [] })
  })

  it('names file, line, column and key of a share typed as per cent, and how to write it', () => {
    const { yaml, line } = withLine('    risk: 0.01 # share', '    risk: 2 # share')
    expect(checkProfile(yaml, 'mine.yaml').faults).toEqual([
      {
        file: 'mine.yaml',
        line,
        column: 5,
        key: 'methods.fixed_risk.risk',
        code: 'UNIT_MISMATCH',
        says: expect.stringContaining('2 % is 0.02') as string,
      },
    ])
  })

  it('answers every fault at once, in the order of the file', () => {
    const yaml = GOOD.replace('aggregate: weakest_link', 'aggregate: strongest')
      .replace('  session:\n', '  siesta:\n')
      .replace('    max: 0.03 #', '    max: -1 #')
      .replace('caps: {}', 'caps: { tech: 90, us.large: x }')
    const { faults, warnings } = checkProfile(yaml, 'mine.yaml')
    expect(faults.map(({ key }) => key)).toEqual([
      'general.aggregate',
      'ceilings.daily_loss.max',
      'ceilings.cluster.caps.tech',
      'ceilings.cluster.caps.us.large',
      'gate.session',
      'gate.siesta',
    ])
    expect(faults.map(({ line }) => line)).toEqual(faults.map(({ line }) => line).toSorted((a, b) => a - b))
    expect(warnings).toEqual([])
  })

  it('places a missing key at the section it belongs to, and an unknown one where it stands', () => {
    const { yaml, line } = withLine('  target_side: {}\n', '')
    const gate = yaml.split('\n').indexOf('gate:') + 1
    expect(line).toBeGreaterThan(gate)
    expect(checkProfile(yaml, 'p').faults).toMatchObject([{ line: gate, column: 1, key: 'gate.target_side' }])
    const extra = withLine('method: fixed_risk\n', 'method: fixed_risk\ncolour: blue\n')
    expect(checkProfile(extra.yaml, 'p').faults).toMatchObject([{ line: extra.line + 1, key: 'colour' }])
  })

  it('says where a file is no YAML at all, or twice the same key', () => {
    expect(checkProfile('schema: 1\nname: [', 'p').faults).toMatchObject([
      { file: 'p', line: 2, code: 'INPUT_MALFORMED' },
    ])
    const twice = withLine('method: fixed_risk\n', 'method: fixed_risk\nmethod: fixed_qty\n')
    expect(checkProfile(twice.yaml, 'p').faults).toMatchObject([{ line: twice.line + 1 }])
    expect(checkProfile('', 'p').faults).toMatchObject([{ line: 1, column: 1, code: 'LIMITS_MISSING' }])
  })

  it('warns of budgets that add up to more than the whole, where budgets are held', () => {
    const strategy = { fixedQuantity: null, method: null, enabled: true }
    const strategies = [
      { code: 'a', budget: '0.7', ...strategy },
      { code: 'b', budget: '0.31', ...strategy },
      { code: 'c', budget: null, ...strategy },
    ]
    const { faults, warnings } = checkProfile(GOOD, 'p', strategies)
    expect(faults).toEqual([])
    expect(warnings).toMatchObject([{ key: 'strategies', says: expect.stringContaining('101.00 %') as string }])
    expect(checkProfile(GOOD, 'p', strategies.slice(0, 1)).warnings).toEqual([])
    const off = GOOD.replace(/strategy_budget:\n.*\n/, 'strategy_budget: off\n')
    expect(checkProfile(off, 'p', strategies).warnings).toEqual([])
  })
})
