import type { Reason } from '../../domain/kernel/reason.ts'
import { ok, type Result } from '../../domain/kernel/result.ts'
import type { DenseAlgebra } from '../../domain/portfolio/optimiser/dense-algebra.ts'
import { optimise } from '../../domain/portfolio/optimiser/optimise.ts'
import type { PortfolioAnswer } from '../../domain/portfolio/optimiser/portfolio-answer.ts'
import { readProblem } from '../../domain/portfolio/optimiser/read-problem.ts'

/** An answer with the names of its assets. */
export type NamedAnswer = PortfolioAnswer & { readonly names: readonly string[] }

/** Solves a problem of unknown shape that brings its own figures and needs no book; its faults name their fields. */
export function optimiseProblem(value: unknown, algebra: DenseAlgebra): Result<NamedAnswer, readonly Reason[]> {
  const read = readProblem(value)
  return read.ok ? ok({ ...optimise(read.value, algebra), names: read.value.names }) : read
}
