/** How near a limit is, in three steps: 70 %, 90 % and all of it. */
export const LIMIT_LEVELS = ['caution', 'danger', 'breach'] as const
/** One of the steps. */
export type LimitLevel = (typeof LIMIT_LEVELS)[number]

const FROM: readonly number[] = [0.7, 0.9, 1]
/** A step is left only where use has fallen so far below it: a use that trembles on a line alerts once. */
const BACK = 0.05

/** How a limit is used now, as a fraction; `null` where that is not known. */
export interface LimitUse {
  readonly key: string
  readonly utilisation: number | null
}

/** Where each limit stands, as steps passed; limits that stand below the first are not in it. */
export type LimitSteps = ReadonlyMap<string, number>

/**
 * Where limits stand after a look, and those that went up a step since, each with the highest one it reached. A use that is
 * not known leaves a limit where it was; a limit that is no longer there is forgotten.
 */
export function passSteps(
  before: LimitSteps,
  uses: readonly LimitUse[],
): { readonly steps: LimitSteps; readonly passed: readonly { readonly key: string; readonly level: LimitLevel }[] } {
  const steps = new Map<string, number>()
  const passed: { key: string; level: LimitLevel }[] = []
  for (const { key, utilisation } of uses) {
    const held = before.get(key) ?? 0
    const now = utilisation === null ? held : settled(held, utilisation)
    const level = LIMIT_LEVELS[now - 1]
    if (now > held && level !== undefined) passed.push({ key, level })
    if (now > 0) steps.set(key, now)
  }
  return { steps, passed }
}

function settled(held: number, utilisation: number): number {
  const reached = stepsTo(utilisation)
  return reached > held ? reached : Math.min(held, stepsTo(utilisation + BACK))
}

function stepsTo(utilisation: number): number {
  return FROM.filter((from) => utilisation >= from).length
}
