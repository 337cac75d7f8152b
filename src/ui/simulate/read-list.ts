/** Numbers as pasted, or why they could not be read. */
export type ReadList =
  { readonly ok: true; readonly values: readonly number[] } | { readonly ok: false; readonly why: string }

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/**
 * Reads pasted numbers: one a line, or parted by spaces, semicolons or commas. A text of commas alone, such as 1,5, could
 * be one number or two and is refused; «1.2R» is read as 1.2.
 */
export function readList(text: string): ReadList {
  const plain = text.replaceAll('\u2212', '-')
  const commas = plain.match(/\d,\d/)
  if (commas !== null && !plain.includes('.')) {
    const found = /\S*\d,\d\S*/.exec(plain)?.[0] ?? ''
    return {
      ok: false,
      why: `«${found}» may be one number or two: write a point before decimals, and one number a line.`,
    }
  }
  const values: number[] = []
  for (const [line, row] of plain.split(/\r?\n/).entries()) {
    for (const word of row.split(/[\s;,]+/).filter((one) => one !== '')) {
      const bare = word.replace(/r$/i, '')
      if (!NUMBER.test(bare))
        return { ok: false, why: `«${word}» on line ${line + 1} is no number: take it out or correct it.` }
      values.push(Number(bare))
    }
  }
  return { ok: true, values }
}
