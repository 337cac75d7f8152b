const small =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  )
const tens = 'x x twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')
const steps: readonly (readonly [bigint, string])[] = [
  [1_000_000_000_000n, 'trillion'],
  [1_000_000_000n, 'billion'],
  [1_000_000n, 'million'],
  [1_000n, 'thousand'],
]

/** Says plain decimal text in English words, so that nobody mistakes a thousands separator for a decimal point. */
export function numberWords(text: string): string {
  const [whole = '0', fraction] = text.replace('-', '').split('.')
  const said = wholeWords(BigInt(whole))
  const after =
    fraction === undefined ? '' : ` point ${Array.from(fraction, (digit) => word(small, Number(digit))).join(' ')}`
  return `${text.startsWith('-') ? 'minus ' : ''}${said}${after}`
}

function wholeWords(value: bigint): string {
  if (value >= 1_000_000_000_000_000n) return value.toString()
  for (const [size, name] of steps) {
    if (value < size) continue
    const rest = value % size
    return `${wholeWords(value / size)} ${name}${rest === 0n ? '' : ` ${wholeWords(rest)}`}`
  }
  return belowThousand(Number(value))
}

function belowThousand(value: number): string {
  if (value < 20) return word(small, value)
  if (value < 100)
    return value % 10 === 0
      ? word(tens, value / 10)
      : `${word(tens, Math.floor(value / 10))}-${word(small, value % 10)}`
  const rest = value % 100
  return `${word(small, Math.floor(value / 100))} hundred${rest === 0 ? '' : ` ${belowThousand(rest)}`}`
}

const word = (words: readonly string[], index: number): string => words[index] ?? String(index)
