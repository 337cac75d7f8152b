/** A broken invariant: a bug of ours, never the trader's input. It ends the request and never resizes an order. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError'
}

/** Throws unless `condition` holds. State the rule positively: `invariant(after <= before, 'a rule only shrinks')`. */
export function invariant(condition: boolean, rule: string): asserts condition {
  if (!condition) throw new InvariantError(rule)
}

/** Compile-time exhaustiveness for a `switch` over a closed union. */
export function unreachable(value: never): never {
  throw new InvariantError(`unreachable: ${JSON.stringify(value)}`)
}
