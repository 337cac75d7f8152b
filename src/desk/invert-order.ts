import type { Inverse } from '../contract/what-if.ts'
import type { Unknown } from '../domain/governor/invert-axes.ts'
import { invert, type Through } from '../domain/governor/invert.ts'
import { DeskRefusal } from './refusal.ts'
import { gatherOrder, shown, type SizeOrder } from './size-order.ts'
import type { Workspace } from './workspace.ts'

/** An order and the quantity it should come to. */
export interface InvertOrder extends SizeOrder {
  readonly quantity: string
  readonly through: Through
  readonly unknowns?: readonly Unknown[] | undefined
}

/** What would allow a quantity of this order now; nothing is recorded. */
export function invertOrder(workspace: Workspace, { quantity, through, unknowns, ...order }: InvertOrder): Inverse {
  const { inputs, valued, profile } = gatherOrder(workspace, order)
  const question = { quantity, through, ...(unknowns === undefined ? {} : { unknowns }) }
  const answer = invert(inputs, valued.book, profile, question)
  if (!answer.ok) {
    const [first] = answer.error
    throw new DeskRefusal(first?.code ?? 'INTERNAL', answer.error.map(({ says }) => says).join(' '), first?.field)
  }
  const { now, answers, limits, allowed } = answer.value
  return {
    quantity: answer.value.quantity,
    through,
    allowed,
    now: shown(now),
    answers: answers.map((one) => ({
      ...one,
      beyond: one.beyond === null ? null : { ...one.beyond },
      obstacle: one.obstacle === null ? null : { ...one.obstacle },
    })),
    limits: limits.moves.map((move) => ({ ...move, setting: move.setting === null ? null : { ...move.setting } })),
    moved: { enough: limits.enough, quantity: limits.then.quantity, says: limits.then.says },
  }
}
