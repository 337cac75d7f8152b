import { currentLocale, type NumberLocale } from './number-locale.ts'
import { decimalText, minus, over, plus, ratio, times, type Ratio } from './ratio.ts'
import { readNumber } from './read-number.ts'

/** The value of an arithmetic entry, or one sentence saying what is wrong with it. */
export type Worked = { readonly ok: true; readonly value: string } | { readonly ok: false; readonly why: string }

const longest = 120
const placesKept = 12

/** True when a typed entry is arithmetic: it starts with `=`. */
export const isArithmetic = (typed: string): boolean => typed.trimStart().startsWith('=')

/** Works out digits with + − * / ( ), exactly; only a division without end is rounded, to 12 places half-even. */
export function arithmetic(typed: string, locale: NumberLocale = currentLocale()): Worked {
  const text = typed.trim().replace(/^=/, '').replaceAll('\u2212', '-').replaceAll('×', '*').replaceAll('÷', '/')
  if (text.length > longest)
    return { ok: false, why: `Arithmetic may have up to ${longest} characters; this has ${text.length}.` }
  const tokens = text.match(/\d[\d.,'’]*|[.,]\d+|[-+*/()]|\S/g) ?? []
  const reader = new Reader(tokens, locale)
  try {
    const value = reader.sum()
    if (reader.next !== undefined) throw new Unreadable(`“${reader.next}” was not expected here.`)
    return { ok: true, value: decimalText(value, placesKept) }
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, why: error.message }
    if (error instanceof RangeError) return { ok: false, why: 'Division by zero has no value.' }
    throw error
  }
}

class Unreadable extends Error {}

class Reader {
  #at = 0
  readonly #tokens: readonly string[]
  readonly #locale: NumberLocale

  constructor(tokens: readonly string[], locale: NumberLocale) {
    this.#tokens = tokens
    this.#locale = locale
  }

  get next(): string | undefined {
    return this.#tokens[this.#at]
  }

  sum(): Ratio {
    let value = this.#product()
    while (this.next === '+' || this.next === '-') {
      value = this.#take() === '+' ? plus(value, this.#product()) : minus(value, this.#product())
    }
    return value
  }

  #product(): Ratio {
    let value = this.#signed()
    while (this.next === '*' || this.next === '/') {
      value = this.#take() === '*' ? times(value, this.#signed()) : over(value, this.#signed())
    }
    return value
  }

  #signed(): Ratio {
    if (this.next !== '-') return this.#atom()
    this.#take()
    return minus({ top: 0n, bottom: 1n }, this.#signed())
  }

  #atom(): Ratio {
    const token = this.#take()
    if (token === undefined) throw new Unreadable('The arithmetic stops early: a number is missing at the end.')
    if (token === '(') {
      const value = this.sum()
      if (this.#take() !== ')') throw new Unreadable('A closing bracket is missing.')
      return value
    }
    const reading = readNumber(token, this.#locale)
    if (reading.kind !== 'number') {
      throw new Unreadable(
        `“${token}” is not clear here: use digits, + − * / ( ) and “${this.#locale.point}” as the point.`,
      )
    }
    return ratio(reading.value)
  }

  #take(): string | undefined {
    const token = this.next
    this.#at += 1
    return token
  }
}
