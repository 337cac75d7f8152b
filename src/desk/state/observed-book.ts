import { StoreFault, type BookWriter } from '../ports.ts'

/** A book whose failures are told before they are thrown on. */
export function observedBook(book: BookWriter, failed: (fault: StoreFault) => void): BookWriter {
  const observed = Object.entries(book).map(([name, member]: [string, unknown]) => {
    if (typeof member !== 'function') return [name, member]
    const call = member as (...given: unknown[]) => unknown
    return [
      name,
      (...given: unknown[]) => {
        try {
          return call(...given)
        } catch (error) {
          if (error instanceof StoreFault) failed(error)
          throw error
        }
      },
    ]
  })
  return Object.fromEntries(observed) as BookWriter
}
