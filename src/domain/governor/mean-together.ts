/**
 * The largest mean over pairs of `count` positions that sum to `sum`, whichever of the symbols that only have working
 * orders fill: `links` are what each of those adds with all positions, `strongest` bounds what two of them add together.
 * Nothing where there is no pair.
 */
export function largestMean(sum: number, count: number, links: readonly number[], strongest: number): number {
  let [total, things] = [sum, count]
  let most = meanOf(total, things)
  for (const [place, link] of [...links].sort((a, b) => b - a).entries()) {
    total += link + place * strongest
    things += 1
    most = Math.max(most, meanOf(total, things))
  }
  return most
}

function meanOf(sum: number, count: number): number {
  const pairs = (count * (count - 1)) / 2
  return pairs === 0 ? 0 : sum / pairs
}
