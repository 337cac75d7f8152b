import type { Figure } from '../../contract/simulation/input.ts'
import { DeskRefusal } from '../refusal.ts'
import { figures } from './read-figures.ts'

/** The covariance of a portfolio model: as given, or of standard deviations and their correlation (independent without one). */
export function covarianceOf(
  sigma: readonly Figure[] | readonly (readonly Figure[])[],
  correlation: readonly (readonly Figure[])[] | undefined,
): number[][] {
  if (isMatrix(sigma)) {
    if (correlation === undefined) return sigma.map((row, index) => figures(row, `model.sigma[${index}]`))
    const says = 'model.correlation goes with standard deviations: sigma is a whole covariance already.'
    throw new DeskRefusal('UNIT_MISMATCH', says, 'model.correlation')
  }
  const deviations = figures(sigma, 'model.sigma')
  const negative = deviations.findIndex((deviation) => deviation < 0)
  if (negative >= 0) {
    const says = `model.sigma[${negative}] is ${deviations[negative] ?? ''}; a standard deviation must be at least 0.`
    throw new DeskRefusal('INPUT_OUT_OF_RANGE', says, `model.sigma[${negative}]`)
  }
  const rows = correlation?.map((row, index) => figures(row, `model.correlation[${index}]`))
  if (rows !== undefined && (rows.length !== deviations.length || rows.some((row) => row.length !== rows.length))) {
    const says = `model.correlation must have ${deviations.length} rows of ${deviations.length} numbers, as sigma has.`
    throw new DeskRefusal('INPUT_OUT_OF_RANGE', says, 'model.correlation')
  }
  const bad = rows?.findIndex((row, at) => row[at] !== 1 || row.some((value) => Math.abs(value) > 1)) ?? -1
  if (bad >= 0) {
    const says = `model.correlation[${bad}] must have 1 on the diagonal and numbers from -1 to 1 beside it.`
    throw new DeskRefusal('INPUT_OUT_OF_RANGE', says, `model.correlation[${bad}]`)
  }
  return deviations.map((one, row) =>
    deviations.map(
      (other, column) => one * other * (rows === undefined ? (row === column ? 1 : 0) : (rows[row]?.[column] ?? 0)),
    ),
  )
}

function isMatrix(sigma: readonly Figure[] | readonly (readonly Figure[])[]): sigma is readonly (readonly Figure[])[] {
  return sigma.some((row) => Array.isArray(row))
}
