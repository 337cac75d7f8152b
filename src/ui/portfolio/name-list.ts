const MOST_LETTERS = 120

/** Names read from typed text, each once, or why the text is none. */
export type NameList =
  { readonly ok: true; readonly names: readonly string[] } | { readonly ok: false; readonly why: string }

/** Reads symbols parted by spaces, commas or semicolons. */
export function readNames(text: string): NameList {
  const names = text.split(/[\s,;]+/).filter((name) => name !== '')
  const long = names.find((name) => name.length > MOST_LETTERS)
  return long === undefined
    ? { ok: true, names: [...new Set(names)] }
    : { ok: false, why: `«${long.slice(0, 20)}…» has more than ${MOST_LETTERS} letters: part symbols by spaces.` }
}
