/** A column: its head, and on which side its cells stand. */
export interface Column {
  readonly head: string
  readonly align?: 'left' | 'right'
}

/** Rows in aligned columns, two spaces apart, without trailing spaces. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[], indent = '  '): string {
  const widths = columns.map(({ head }, index) =>
    Math.max(head.length, ...rows.map((cells) => (cells[index] ?? '').length)),
  )
  const line = (cells: readonly string[]): string =>
    `${indent}${cells
      .map((cell, index) => {
        const width = widths[index] ?? 0
        return columns[index]?.align === 'right' ? cell.padStart(width) : cell.padEnd(width)
      })
      .join('  ')}`.trimEnd()
  return [line(columns.map(({ head }) => head)), ...rows.map(line)].join('\n')
}
