import type { DecisionInputs } from '../inputs.ts'
import { readDecimal, sayExact, type Money } from '../kernel/money.ts'
import { reason, type Reason } from '../kernel/reason.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import type { Profile } from '../profile.ts'
import { fixedFraction, methodById } from '../sizing/registry.ts'
import type { Method } from '../sizing/method.ts'
import type { Step } from './decision.ts'
import { note } from './steps.ts'
import { tierOf } from './tier.ts'

/** The method that sizes this order, and a step where the account's tier put another in its place. */
export interface ChosenMethod {
  readonly method: Method
  readonly steps: readonly Step[]
}

/** The order's own method, else its strategy's, else the profile's; a SNIPER account falls back from Kelly where the profile says so. */
export function chooseMethod(
  inputs: DecisionInputs,
  own: string | null,
  ordered: boolean,
  profile: Profile,
): Result<ChosenMethod, Reason> {
  const wanted = own ?? profile.method
  const method = methodById(wanted)
  if (method === undefined) {
    return err(
      reason('INPUT_OUT_OF_RANGE', `${wanted} is not a sizing method.`, ordered ? 'request.method' : 'strategy.method'),
    )
  }
  if (!profile.general.kellyFromHunter || !wanted.includes('kelly')) return ok({ method, steps: [] })
  const equity = readDecimal(inputs.account.equity.value, 'account.equity')
  if (!equity.ok || tierOf(equity.value as Money, profile.general) !== 'SNIPER') return ok({ method, steps: [] })
  const says = `Tier SNIPER (equity below ${sayExact(profile.general.hunterFrom)}): ${fixedFraction.title.toLowerCase()} stands in for ${method.title}.`
  return ok({
    method: fixedFraction,
    steps: [{ ...note('validate', 'tier', 'Account tier', false, says), code: 'TIER' }],
  })
}
