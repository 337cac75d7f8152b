import type { Reason } from '../../domain/kernel/reason.ts'
import { DeskRefusal } from '../refusal.ts'

/** Refuses for a reason. */
export function refuse({ code, says, field }: Reason): never {
  throw new DeskRefusal(code, says, field)
}
