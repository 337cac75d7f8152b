import type { Desk } from './desk.svelte.ts'

/** Keeps what a screen holds while the person looks at another one; another book starts anew. */
export function keptPerBook<Held>(make: (desk: Desk) => Held): (desk: Desk) => Held {
  const kept = new WeakMap<Desk, { readonly bookId: string | undefined; readonly held: Held }>()
  return (desk) => {
    const bookId = desk.book?.bookId
    const known = kept.get(desk)
    if (known !== undefined && known.bookId === bookId) return known.held
    const held = make(desk)
    kept.set(desk, { bookId, held })
    return held
  }
}
