/** Success or a typed, expected failure. Bugs throw instead: see `invariant.ts`. */
export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E }

/** A success carrying `value`. */
export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value })

/** An expected failure carrying `error`. */
export const err = <E>(error: E): Result<never, E> => ({ ok: false, error })
