import type { Direction, ProfileChange } from '../domain/profile-changes.ts'

/** One change of a profile as it is shown and kept. */
export interface ChangeLine {
  /** Dotted path of the setting or rule. */
  readonly path: string
  readonly title: string
  readonly kind: ProfileChange['kind']
  readonly before: string
  readonly after: string
  readonly direction: Direction
}

/** A change with its values as text; what is absent reads `none`. */
export function changeLine({ path, title, kind, before, after, direction }: ProfileChange): ChangeLine {
  return { path: path.join('.'), title, kind, before: valueText(before), after: valueText(after), direction }
}

/** One sentence that names every change. */
export function changesInWords(lines: readonly ChangeLine[]): string {
  return lines.map(({ path, before, after }) => `${path} from ${before} to ${after}`).join(', ')
}

function valueText(value: unknown): string {
  if (value === undefined) return 'none'
  return typeof value === 'string' ? value : JSON.stringify(value)
}
