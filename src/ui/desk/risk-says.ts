import type { LiveRisk } from '../../contract/live-limits.ts'
import { ageText } from '../format/time-text.ts'

/** What the figures of risk rest on and how old that is, and what is not known of them: one sentence each. */
export function riskSays({ study, unknown }: LiveRisk): string[] {
  if (study === null) return [...unknown]
  return [
    `Shares of all positions add up to 100 %, a hedge is negative. ${study.source}, bars ${ageText(study.age)} old.`,
    ...unknown,
  ]
}
