import { type Reason, reason } from '../kernel/reason.ts'
import { MOST_OUTCOMES } from './kernels/kernels.ts'
import type { Model } from './model.ts'
import { numberField } from './number-field.ts'
import type { ReturnsModel } from './plan.ts'

const MOST_ASSETS = 500

/** The faults of a model, each naming its field; none when it can be drawn from. */
export function readModel(model: Model): Reason[] {
  switch (model.kind) {
    case 'winloss':
      return [
        ...numberField('model.winProbability', model.winProbability, { from: 0, to: 1 }),
        ...numberField('model.payoff', model.payoff, { above: 0, to: 1e6 }),
        ...(model.edge === undefined ? [] : readSizes('model.edge.wins', model.edge.wins)),
        ...(model.edge === undefined ? [] : readSizes('model.edge.losses', model.edge.losses)),
      ]
    case 'bootstrap': {
      const { returns, block = 1 } = model
      return [
        ...readList('model.returns', returns, { from: -1e6, to: 1e6 }),
        ...(block === 'auto' ? [] : numberField('model.block', block, { from: 1, to: Math.max(returns.length, 1) })),
      ]
    }
    case 'gaussian':
    case 'student-t':
      return readReturns(model)
  }
}

function readSizes(field: string, sizes: readonly number[]): Reason[] {
  return readList(field, sizes, { above: 0, to: 1e6 })
}

function readList(field: string, list: readonly number[], allowed: Parameters<typeof numberField>[2]): Reason[] {
  if (list.length === 0 || list.length > MOST_OUTCOMES) {
    const says = `${field} has ${list.length} numbers; it must have from 1 to ${MOST_OUTCOMES}.`
    return [reason(list.length === 0 ? 'INPUT_MISSING' : 'INPUT_OUT_OF_RANGE', says, field)]
  }
  return list.flatMap((value, index) => numberField(`${field}[${index}]`, value, allowed)).slice(0, 5)
}

function readReturns(model: ReturnsModel): Reason[] {
  const { mu, sigma, weights } = model
  const count = weights.length
  if (count === 0 || count > MOST_ASSETS || mu.length !== count || sigma.length !== count) {
    const says = `model has ${count} weights, ${mu.length} means and ${sigma.length} rows of covariance; it must have one of each per asset, from 1 to ${MOST_ASSETS} assets.`
    return [reason('INPUT_OUT_OF_RANGE', says, 'model.weights')]
  }
  const bounds = { from: -1000, to: 1000 }
  const rows = sigma.flatMap((row, at) =>
    row.length === count
      ? row.flatMap((value, column) => [
          ...numberField(`model.sigma[${at}][${column}]`, value, bounds),
          ...mirrored(at, column, value, sigma[column]?.[at] ?? Number.NaN),
        ])
      : [
          reason(
            'INPUT_OUT_OF_RANGE',
            `model.sigma[${at}] has ${row.length} numbers; it must have ${count}.`,
            'model.sigma',
          ),
        ],
  )
  return [
    ...weights.flatMap((value, at) => numberField(`model.weights[${at}]`, value, bounds)),
    ...mu.flatMap((value, at) => numberField(`model.mu[${at}]`, value, bounds)),
    ...(model.kind === 'student-t'
      ? numberField('model.degreesOfFreedom', model.degreesOfFreedom, { above: 2, to: 1e6 })
      : []),
    ...rows,
  ].slice(0, 5)
}

function mirrored(row: number, column: number, value: number, other: number): Reason[] {
  if (!(Math.abs(value - other) > 1e-9 * Math.max(Math.abs(value), Math.abs(other)))) return []
  const says = `model.sigma[${row}][${column}] is ${value} and its mirror is ${other}; a covariance matrix is symmetric.`
  return [reason('INPUT_OUT_OF_RANGE', says, 'model.sigma')]
}
