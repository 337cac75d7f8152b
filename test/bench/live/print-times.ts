/** Prints median, 99th percentile and the longest of some times in milliseconds. */
export function printTimes(what: string, times: readonly number[]): void {
  const sorted = Float64Array.from(times).sort()
  const [p50, p99, most] = [0.5, 0.99, 1].map((share) => {
    const index = Math.min(sorted.length - 1, Math.floor(sorted.length * share))
    return (sorted[index] ?? Number.NaN).toFixed(1).padStart(8)
  })
  console.log(`  ${what.padEnd(44)} p50 ${p50 ?? ''}  p99 ${p99 ?? ''}  most ${most ?? ''} ms  (${sorted.length})`)
}
