/** The numbers of a chart, as a table and as CSV. */
export interface ChartTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}
