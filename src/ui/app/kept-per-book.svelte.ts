import type { Desk } from './desk.svelte.ts'

/** Keeps what a screen holds while the person looks at another one; another book starts anew. */
export function keptPerBook<Held>(make: (desk: Desk) => Held): (desk: Desk) => Held {
  const kept = new WeakMap<
    Desk,
    { readonly bookId: string | undefined; readonly held: Held; readonly end: () => void }
  >()
  return (desk) => {
    const bookId = desk.book?.bookId
    const known = kept.get(desk)
    if (known !== undefined && known.bookId === bookId) return known.held
    known?.end()
    const { held, end } = rooted(() => make(desk))
    kept.set(desk, { bookId, held, end })
    return held
  }
}

/** What is derived in it lives on when the component that asked for it goes. */
function rooted<Held>(make: () => Held): { held: Held; end: () => void } {
  const made: Held[] = []
  const end = $effect.root(() => {
    made.push(make())
  })
  const [held] = made as [Held]
  return { held, end }
}
