/** How many of how many fresh readings make a breach, and how many in a row end a condition. */
export interface Confirmation {
  /** Readings that must show a breach. */
  readonly needed: number
  /** Among this many of the newest fresh readings. */
  readonly among: number
}

/** The newest fresh readings of one limit, oldest first: `x` broken, `o` kept. */
export type Readings = string

/** Adds a fresh reading; stale ones never get here. */
export function addReading(readings: Readings, broken: boolean, { among }: Confirmation): Readings {
  return `${readings}${broken ? 'x' : 'o'}`.slice(-among)
}

/** Whether enough of the newest readings show a breach. */
export function confirmsBreach(readings: Readings, { needed }: Confirmation): boolean {
  let broken = 0
  for (const one of readings) if (one === 'x') broken += 1
  return broken >= needed
}

/** Whether the newest readings, as many as a breach needs, all show the limit kept. */
export function confirmsKept(readings: Readings, { needed }: Confirmation): boolean {
  return readings.length >= needed && !readings.slice(-needed).includes('x')
}
