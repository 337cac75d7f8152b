/** Something held as it would stand: one face where nothing is working in it, else all its sells and all its buys filled. */
type Faces<T> = readonly T[]

/** What two faces add together; `working` where orders work in either, so that the worst between the faces counts too. */
type Product<T> = (a: T, b: T, working: boolean) => number

/** Up to so many things with working orders every way they may fill is looked at; beyond, each pair is taken at its own worst. */
const MOST_TOGETHER = 8

/**
 * Σ over all pairs, each thing with itself too, for every way that working orders may fill: bit k of the place is set
 * where the k-th thing with two faces shows its second. A convex sum is largest at one of these, so a part of a fill is
 * never worse. Of many things with two faces it is one sum that none of them is above.
 */
export function cornerSums<T>(things: readonly Faces<T>[], product: Product<T>): readonly number[] {
  const still = things.filter(({ length }) => length === 1).flat()
  const moving = things.filter(({ length }) => length > 1)
  let fixed = 0
  for (const a of still) for (const b of still) fixed += product(a, b, false)
  const alone = (a: T): number => still.reduce((sum, b) => sum + 2 * product(a, b, true), product(a, a, true))
  if (moving.length > MOST_TOGETHER) return [fixed + pairByPair(still, moving, product)]
  let corners: readonly { readonly sum: number; readonly shown: readonly T[] }[] = [{ sum: fixed, shown: [] }]
  for (const faces of moving) {
    corners = faces.flatMap((face) => {
      const own = alone(face)
      return corners.map(({ sum, shown }) => ({
        sum: shown.reduce((total, other) => total + 2 * product(face, other, true), sum + own),
        shown: [...shown, face],
      }))
    })
  }
  return corners.map(({ sum }) => sum)
}

/** Σ of one term of each thing, in the order of `cornerSums` over the same things. */
export function cornerTotals<T>(
  things: readonly Faces<T>[],
  term: (face: T, working: boolean) => number,
): readonly number[] {
  let fixed = 0
  const moving: (readonly number[])[] = []
  for (const faces of things) {
    const [only] = faces
    if (only !== undefined && faces.length === 1) fixed += term(only, false)
    else moving.push(faces.map((face) => term(face, true)))
  }
  if (moving.length > MOST_TOGETHER) return [moving.reduce((total, terms) => total + Math.max(...terms), fixed)]
  let totals: readonly number[] = [fixed]
  for (const terms of moving) totals = terms.flatMap((own) => totals.map((total) => total + own))
  return totals
}

function pairByPair<T>(still: readonly T[], moving: readonly Faces<T>[], product: Product<T>): number {
  const worst = (some: Faces<T>, others: Faces<T>): number =>
    Math.max(...some.flatMap((a) => others.map((b) => product(a, b, true))))
  let sum = 0
  for (const [place, faces] of moving.entries()) {
    sum += Math.max(...faces.map((face) => product(face, face, true)))
    for (const other of still) sum += 2 * worst(faces, [other])
    for (const others of moving.slice(place + 1)) sum += 2 * worst(faces, others)
  }
  return sum
}
