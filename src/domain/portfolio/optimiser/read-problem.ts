import type { Reason } from '../../kernel/reason.ts'
import { err, ok, type Result } from '../../kernel/result.ts'
import { fieldReader, type FieldReader, type NumberRange } from './field-reader.ts'
import {
  PORTFOLIO_METHODS,
  type PortfolioMethod,
  type PortfolioProblem,
  type WeightGroup,
  type WeightRange,
} from './portfolio-problem.ts'
import { readCovariance } from './read-covariance.ts'

const FIELDS = [
  'method',
  'names',
  'mu',
  'signals',
  'sigma',
  'w0',
  'lower',
  'upper',
  'groups',
  'turnover',
  'cost',
  'volatilityCap',
  'topK',
  'gross',
  'budget',
  'lambda',
  'riskFree',
  'minimumReturn',
  'riskBudgets',
]
const ALL_OF_IT: WeightRange = { min: 1, max: 1 }
const USUAL_RISK_AVERSION = 2
/** Weights, returns and bounds beyond this are a mistake in units. */
const WEIGHT: NumberRange = { from: -1000, to: 1000 }
/** A signal of 1 raises an expected return by half. */
const SIGNAL_SHARE = 0.5

/**
 * Reads a portfolio problem of unknown shape. Left out: lower 0, upper 1, budget exactly 1, lambda 2, riskFree 0, no cost,
 * nothing held, and no other limit. Every fault names its field, its value and what is allowed; an unknown field is one.
 */
export function readProblem(value: unknown): Result<PortfolioProblem, readonly Reason[]> {
  const reader = fieldReader()
  const given = reader.fields('problem', value, FIELDS)
  const method = readMethod(reader, given.get('method'))
  const covariance = reader.faults.length === 0 ? readCovariance(reader, given.get('sigma')) : undefined
  if (method === undefined || covariance === undefined) return err(reader.faults)
  const { sigma, order } = covariance
  const optional = (field: string, range: NumberRange): number | undefined =>
    given.has(field) ? reader.number(field, given.get(field), range) : undefined
  const perAsset = (field: string, usual: number, range: NumberRange): Float64Array =>
    readPerAsset(reader, field, given.get(field), order, usual, range)
  const mu = readReturns(reader, given, order)
  const problem: PortfolioProblem = {
    method,
    names: readNames(reader, given.get('names'), order),
    sigma,
    held: perAsset('w0', 0, WEIGHT),
    lower: perAsset('lower', 0, WEIGHT),
    upper: perAsset('upper', 1, WEIGHT),
    cost: perAsset('cost', 0, { from: 0, to: 1 }),
    groups: readGroups(reader, given.get('groups'), order),
    budget: given.has('budget') ? readBudget(reader, given.get('budget')) : ALL_OF_IT,
    riskAversion: optional('lambda', { above: 0, to: 1e6 }) ?? USUAL_RISK_AVERSION,
    riskFree: optional('riskFree', { from: -1, to: 10 }) ?? 0,
    ...present('mu', mu),
    ...present('turnover', optional('turnover', { from: 0, to: 1000 })),
    ...present('volatilityCap', optional('volatilityCap', { from: 1e-6, to: 1000 })),
    ...present('gross', optional('gross', { from: 0, to: 1000 })),
    ...present('minimumReturn', optional('minimumReturn', { from: -1000, to: 1000 })),
    ...present('topK', given.has('topK') ? readTopK(reader, given.get('topK'), order) : undefined),
    ...present(
      'riskBudgets',
      given.has('riskBudgets') ? readBudgets(reader, given.get('riskBudgets'), order) : undefined,
    ),
  }
  checkTogether(reader, given, problem)
  return reader.faults.length > 0 ? err(reader.faults) : ok(problem)
}

function present<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, V>)
}

function readMethod(reader: FieldReader, value: unknown): PortfolioMethod | undefined {
  const method = PORTFOLIO_METHODS.find((one) => one === value)
  if (method !== undefined) return method
  const shown = typeof value === 'string' ? `«${value}»` : value === undefined ? 'missing' : 'no text'
  const code = value === undefined ? 'INPUT_MISSING' : 'INPUT_MALFORMED'
  if (reader.faults.length === 0)
    reader.fault(code, 'method', `method is ${shown}; it must be one of ${PORTFOLIO_METHODS.join(', ')}.`)
  return undefined
}

function readNames(reader: FieldReader, value: unknown, order: number): readonly string[] {
  if (value === undefined) return Array.from({ length: order }, (_, index) => `asset ${index}`)
  const names = reader.list('names', value).filter((name) => typeof name === 'string')
  if (names.length !== order)
    reader.fault(
      'INPUT_OUT_OF_RANGE',
      'names',
      `names has ${names.length} texts; it must have ${order}, one per asset.`,
    )
  return names
}

function readReturns(
  reader: FieldReader,
  given: ReadonlyMap<string, unknown>,
  order: number,
): Float64Array | undefined {
  if (!given.has('mu')) return undefined
  const mu = reader.numbers('mu', given.get('mu'), order, WEIGHT)
  if (!given.has('signals')) return mu
  const signals = reader.numbers('signals', given.get('signals'), order, { from: -1, to: 1 })
  return mu?.map((one, index) => one * (1 + SIGNAL_SHARE * (signals?.[index] ?? 0)))
}

function readPerAsset(
  reader: FieldReader,
  field: string,
  value: unknown,
  order: number,
  usual: number,
  range: NumberRange,
): Float64Array {
  const same = new Float64Array(order)
  if (value === undefined) return same.fill(usual)
  if (typeof value === 'number') return same.fill(reader.number(field, value, range) ?? usual)
  return reader.numbers(field, value, order, range) ?? same
}

function readRange(reader: FieldReader, field: string, fields: ReadonlyMap<string, unknown>): WeightRange {
  const end = (name: 'min' | 'max'): WeightRange =>
    fields.has(name) ? present(name, reader.number(`${field}.${name}`, fields.get(name), WEIGHT)) : {}
  return { ...end('min'), ...end('max') }
}

function readBudget(reader: FieldReader, value: unknown): WeightRange {
  return readRange(reader, 'budget', reader.fields('budget', value, ['min', 'max']))
}

function readGroups(reader: FieldReader, value: unknown, order: number): readonly WeightGroup[] {
  if (value === undefined) return []
  return reader.list('groups', value).map((one, index) => {
    const field = `groups[${index}]`
    const fields = reader.fields(field, one, ['name', 'members', 'min', 'max'])
    const range = { from: 0, to: order - 1, whole: true }
    const members = [...(reader.numbers(`${field}.members`, fields.get('members'), undefined, range) ?? [])]
    if (new Set(members).size < members.length)
      reader.fault('INPUT_OUT_OF_RANGE', `${field}.members`, `${field}.members names an asset twice; name each once.`)
    const name = fields.get('name')
    return {
      name: typeof name === 'string' ? name : `group ${index}`,
      members: members.sort((a, b) => a - b),
      ...readRange(reader, field, fields),
    }
  })
}

function readTopK(reader: FieldReader, value: unknown, order: number): PortfolioProblem['topK'] {
  const fields = reader.fields('topK', value, ['k', 'max'])
  const k = reader.number('topK.k', fields.get('k'), { from: 1, to: Math.max(order, 1000), whole: true })
  const max = reader.number('topK.max', fields.get('max'), WEIGHT)
  return k === undefined || max === undefined ? undefined : { k, max }
}

function readBudgets(reader: FieldReader, value: unknown, order: number): Float64Array | undefined {
  const budgets = reader.numbers('riskBudgets', value, order, { above: 0, to: 1000 })
  const sum = budgets?.reduce((total, one) => total + one, 0) ?? 1
  return budgets?.map((one) => one / sum)
}

/** What no field can say alone. */
function checkTogether(reader: FieldReader, given: ReadonlyMap<string, unknown>, problem: PortfolioProblem): void {
  const { method } = problem
  const needsReturns = method === 'kelly_mvo' || method === 'max_sharpe' || given.has('minimumReturn')
  const missing = (field: string, why: string): void => {
    if (!given.has(field))
      reader.fault('INPUT_MISSING', field, `${field} is missing; ${why}, so give one number per asset.`)
  }
  if (needsReturns) missing('mu', `${given.has('minimumReturn') ? 'minimumReturn' : method} needs expected returns`)
  if (given.has('turnover')) missing('w0', 'turnover is measured from the weights held now')
  if (problem.cost.some((one) => one > 0)) missing('w0', 'a cost is charged on what is traded away from it')
  if (given.has('signals') && !given.has('mu')) missing('mu', 'signals scale expected returns')
  if (given.has('riskBudgets') && method !== 'risk_parity')
    reader.fault(
      'INPUT_OUT_OF_RANGE',
      'riskBudgets',
      `riskBudgets has no meaning for ${method}; use risk_parity or leave it out.`,
    )
}
