import type { LiveRisk } from '../../contract/live-limits.ts'
import { ageText } from '../format/time-text.ts'

/** What the figures of risk rest on and how old that is, and what is not known of them: one sentence each. */
export function riskSays({ study, unknown }: LiveRisk): string[] {
  if (study === null) return [...unknown]
  const from = study.source.charAt(0).toUpperCase() + study.source.slice(1).replace(/\.$/, '')
  // Where nothing was studied there is nothing whose age could be told.
  const rests = study.source.startsWith('not studied') ? `${from}.` : `${from}, bars ${ageText(study.age)} old.`
  return [`Shares of all positions add up to 100 %, a hedge is negative. ${rests}`, ...unknown]
}
