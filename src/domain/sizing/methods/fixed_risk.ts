import { sayPercent, text, type RiskFraction } from '../../kernel/money.ts'
import { ok } from '../../kernel/result.ts'
import { fraction } from '../../kernel/setting.ts'
import { defineMethod } from '../method.ts'

/** A set share of equity lost if the stop is hit: φ = risk, a risk fraction. Needs a stop. */
export const fixedRisk = defineMethod({
  id: 'fixed_risk',
  title: 'Fixed risk at the stop',
  proposes: 'risk',
  needsStop: true,
  says: 'Loses a set share of equity, costs included, if the stop is hit. The standard for orders with a stop; it says nothing about gaps through it.',
  settings: {
    risk: fraction({
      title: 'Risk per order',
      help: 'Share of equity lost at the stop, costs included: 0.01 is 1 %.',
      least: '0',
      most: '0.5',
      above: true,
    }),
  },
  propose({ order }, { risk }) {
    const chosen = order.risk ?? (risk as RiskFraction)
    return ok({
      kind: 'risk',
      fraction: chosen,
      says: `${sayPercent(chosen)} of equity may be lost at the stop${order.risk === null ? '' : ', as typed on the order'}.`,
      facts: { risk: text(chosen) },
    })
  },
})
