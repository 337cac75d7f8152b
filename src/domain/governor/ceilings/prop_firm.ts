import { larger, readPositive, type Dec } from '../../kernel/money.ts'
import { reason } from '../../kernel/reason.ts'
import { floorCeiling } from '../floor-ceiling.ts'
import { defineCeiling, open, veto, type Cap } from '../rule.ts'

/** Equity with every stop and this order's hit stays above the prop firm's floors, of the account and of the day; the tighter binds. */
export const propFirm = defineCeiling({
  id: 'prop_firm',
  title: 'Prop-firm floor',
  code: 'DRAWDOWN',
  says: 'If every stop were hit now, no rule of the prop firm would be broken.',
  settings: {},
  evaluate(sizing) {
    const standing = sizing.inputs.studies?.propFirm
    if (standing === undefined || standing === null) {
      return veto(
        reason(
          'LIMITS_MISSING',
          'No prop-firm program is chosen for this account: choose one, or switch this ceiling off.',
          'propFirm',
        ),
      )
    }
    if (standing.fault !== undefined) return veto(reason('LIMITS_MISSING', standing.fault, 'propFirm'))
    let tightest: Cap | undefined
    for (const [field, floor, says] of [
      ['propFirm.floor', standing.floor, standing.floorSays],
      ['propFirm.dayFloor', standing.dayFloor, standing.dayFloorSays],
    ] as const) {
      if (floor === null) continue
      const read = readPositive(floor, field)
      if (!read.ok) return veto(read.error)
      const rung = floorCeiling(
        sizing,
        larger<Dec>(sizing.standing.equity, read.value),
        read.value,
        `equity; ${standing.program}: ${says}`,
      )
      if (tightest === undefined || rung.capacity.lt(tightest.capacity)) tightest = rung
    }
    return tightest ?? open(`${standing.program} sets no floor.`)
  },
})
