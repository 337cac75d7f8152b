import type { Profile } from '../domain/profile.ts'
import { METHODS } from '../domain/sizing/registry.ts'
import { methodOf } from './gather.ts'
import type { MarketTask } from './portfolio/ports.ts'
import { besideOf, type SizeOrder } from './size-order.ts'
import { correlationTask, isMadeBeside } from './studies-correlation.ts'
import { studiesPlan } from './studies-plan.ts'
import { sensorsTask } from './studies-sensors.ts'
import type { StudyFrame } from './studies.ts'
import type { Workspace } from './workspace.ts'

/** Which profiles and methods an order will be decided by. */
export interface DecidedBy {
  readonly profiles?: readonly Profile[]
  readonly everyMethod?: boolean
  /** What else is studied together with what is held. */
  readonly held?: readonly string[]
}

/**
 * Answers an order once the studies are at hand that its decision looks at and that are made beside the desk; at once where
 * there are none. A study that fails is missing then, and the decision says what that costs.
 */
export function withStudies<T>(
  workspace: Workspace,
  order: SizeOrder,
  answer: () => T,
  by: DecidedBy = {},
): T | Promise<T> {
  const tasks = tasksBeside(workspace, order, by)
  const waiting = tasks.filter((task) => workspace.markets.atHand(workspace.book, task) === undefined)
  if (waiting.length === 0) return answer()
  return Promise.allSettled(waiting.map((task) => workspace.markets.work(workspace.book, task))).then(answer)
}

function tasksBeside(workspace: Workspace, order: SizeOrder, by: DecidedBy): readonly MarketTask[] {
  const { request, accountId, asOf } = order
  const { book } = workspace
  const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')
  const code = text(request.strategy)
  const strategy = book.strategies().find((known) => known.code === code) ?? null
  const profiles = by.profiles ?? [workspace.activeProfile(code).profile]
  const account = workspace.account(accountId)
  const valued = workspace.valuedBook(account, workspace.readAt(asOf))
  return profiles.flatMap((profile) => {
    const frame: StudyFrame = {
      ...besideOf(workspace, valued.input, by.held),
      book,
      account,
      profile,
      symbol: text(request.symbol),
      at: asOf ?? workspace.now(),
      isNow: asOf === undefined && book.info.clock === null,
    }
    const methods = by.everyMethod === true ? METHODS.map(({ id }) => id) : [methodOf(request, strategy, profile)]
    const plans = methods.map((method) => studiesPlan(profile, method))
    const correlation = correlationTask(frame)
    return [
      ...(plans.some((plan) => plan.correlation) && isMadeBeside(correlation) ? [correlation] : []),
      ...(plans.some((plan) => plan.sensors) ? [sensorsTask(frame)] : []),
    ]
  })
}
