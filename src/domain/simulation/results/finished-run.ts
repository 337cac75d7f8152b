import type { Reason } from '../../kernel/reason.ts'
import { err, ok, type Result } from '../../kernel/result.ts'
import { comparePolicies, type PolicyComparison } from '../curves/compare-policies.ts'
import type { SimulationPlan } from '../plan.ts'
import { mergeParts } from './merge-parts.ts'
import { partFrom } from './part-bytes.ts'
import { leafDigests, runDigest, type Sha256 } from './run-digest.ts'
import { type RunHistograms, runHistograms } from './run-histograms.ts'
import type { RunPart } from './run-part.ts'
import { type RunSummary, summariseRun } from './summarise-run.ts'

/** A whole run with all that is said of it. */
export interface FinishedRun {
  readonly plan: SimulationPlan
  readonly summary: RunSummary
  readonly histograms: RunHistograms
  /** SHA-256 over everything measured: the same for any workers, chunks, shards and machine. */
  readonly digest: string
}

/** Runs of the same paths, and the first against the second where there are two. */
export interface FinishedRuns {
  readonly runs: readonly FinishedRun[]
  readonly comparison: PolicyComparison | null
}

/** Finishes runs given as the parts of each in any order; refuses parts that are broken, missing or of another run. */
export function finishRuns(parts: readonly (readonly Uint8Array[])[], sha256: Sha256): Result<FinishedRuns, Reason> {
  const wholes: RunPart[] = []
  for (const own of parts) {
    const read = own.map(partFrom)
    const broken = read.find((part) => !part.ok)
    if (broken?.ok === false) return broken
    const whole = mergeParts(read.flatMap((part) => (part.ok ? [part.value] : [])))
    if (!whole.ok) return whole
    wholes.push(whole.value)
  }
  const runs = wholes.map((whole): FinishedRun => ({
    plan: whole.plan,
    summary: summariseRun(whole),
    histograms: runHistograms(whole),
    digest: runDigest('measures' in whole.kept ? leafDigests(whole.kept.measures, sha256) : whole.kept.leaves, sha256),
  }))
  const [first, second] = wholes
  if (first === undefined || second === undefined) return ok({ runs, comparison: null })
  const comparison = comparePolicies(first, second)
  return comparison.ok ? ok({ runs, comparison: comparison.value }) : err(comparison.error)
}
