declare const brand: unique symbol

/** Nominal typing: a `T` that only its own module can mint. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name }
