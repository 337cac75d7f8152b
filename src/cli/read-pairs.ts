import { CommandRefusal } from './command-refusal.ts'

/** The `key=value` words of an option, in order. */
export function readPairs(words: readonly string[], option: string): (readonly [string, string])[] {
  return words.map((word) => {
    const equals = word.indexOf('=')
    if (equals > 0) return [word.slice(0, equals).trim(), word.slice(equals + 1).trim()] as const
    throw new CommandRefusal('USAGE', `${option} is «${word}»: write it as key=value.`, option)
  })
}

/** Gathers an option that may be given several times. */
export function gather(word: string, before: readonly string[] | undefined): string[] {
  return [...(before ?? []), word]
}
