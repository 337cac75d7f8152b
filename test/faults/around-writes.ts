import type { BookShelf, BookWriter } from '../../src/desk/ports.ts'

/** A shelf whose books call `before` and `after` around each write, settling included. */
export function aroundWrites(shelf: BookShelf, before: () => void, after: () => void): BookShelf {
  const watched = (book: BookWriter): BookWriter =>
    new Proxy(book, {
      get: (target, name: keyof BookWriter) => {
        const member: unknown = Reflect.get(target, name)
        if (typeof member !== 'function' || !/^(save|record|add|acknowledge|settle)/.test(name)) return member
        return (...given: unknown[]) => {
          before()
          const answer: unknown = (member as (...words: unknown[]) => unknown)(...given)
          after()
          return answer
        }
      },
    })
  return { ...shelf, open: (path) => watched(shelf.open(path)) }
}
