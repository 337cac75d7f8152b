import type { Attachment } from 'svelte/attachments'

const told = new WeakMap<Element, (isSeen: boolean) => void>()
let observer: IntersectionObserver | undefined

/** Tells whether an element can be seen, at once and as it is scrolled into sight and out of it. */
export function whileSeen(tell: (isSeen: boolean) => void): Attachment {
  return (element) => {
    observer ??= new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) told.get(target)?.(isIntersecting)
    })
    const own = observer
    told.set(element, tell)
    own.observe(element)
    return () => {
      own.unobserve(element)
      told.delete(element)
      tell(false)
    }
  }
}
