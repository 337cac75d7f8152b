import { DeskRefusal } from '../refusal.ts'

/** How many variants the Sharpe ratios are deflated for: those tried in all, at least those shown, which were tried too. */
export function variantsOf(tried: number | undefined, shown: number): number {
  if (tried === undefined || tried >= shown) return tried ?? shown
  const says = `variants is ${tried}, but ${shown} are compared here: give at least ${shown}, or leave it out.`
  throw new DeskRefusal('INPUT_OUT_OF_RANGE', says, 'variants')
}
