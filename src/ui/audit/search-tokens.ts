import { endOfDay, startOfDay } from '../format/zone-date.ts'

/** What the search box asks of the desk. */
export interface DecisionFilter {
  readonly text?: string
  readonly symbol?: string
  readonly outcome?: 'approved' | 'reduced' | 'rejected'
  readonly strategy?: string
  readonly code?: string
  readonly from?: number
  readonly to?: number
}

/** A search that was understood, or one sentence saying what in it was not. */
export type Search =
  { readonly ok: true; readonly filter: DecisionFilter } | { readonly ok: false; readonly why: string }

/** Words that ask for one thing, with an example each. */
export const searchWords: readonly { readonly word: string; readonly example: string }[] = [
  { word: 'symbol', example: 'symbol:AAPL' },
  { word: 'outcome', example: 'outcome:refused' },
  { word: 'code', example: 'code:DAILY_LOSS' },
  { word: 'strategy', example: 'strategy:breakout' },
  { word: 'after', example: 'after:2026-08-01' },
  { word: 'before', example: 'before:2026-09-01' },
]

const outcomes = { approved: 'approved', reduced: 'reduced', refused: 'rejected', rejected: 'rejected' } as const
const longestText = 200

/** Reads `symbol:AAPL outcome:refused code:DAILY_LOSS after:2026-08-01` and free words; days are those of the zone. */
export function readSearch(typed: string, zone: string): Search {
  const filter: { -readonly [Key in keyof DecisionFilter]: DecisionFilter[Key] } = {}
  const words: string[] = []
  for (const token of typed.match(/[a-z]+:"[^"]*"?|"[^"]*"?|\S+/gi) ?? []) {
    const parts = /^([a-z]+):(.*)$/is.exec(token)
    const word = parts?.[1]?.toLowerCase() ?? ''
    if (parts === null || !searchWords.some((known) => known.word === word)) {
      words.push(token.replaceAll('"', ''))
      continue
    }
    const value = (parts[2] ?? '').replaceAll('"', '').trim()
    if (value === '') return wrong(`${word}: stands without a value: write ${exampleOf(word)}.`)
    const fault = take(filter, word, value, zone)
    if (fault !== undefined) return wrong(fault)
  }
  const text = words.join(' ').trim()
  if (text.length > longestText)
    return wrong(`Words to search for may have ${longestText} characters, not ${text.length}.`)
  return { ok: true, filter: text === '' ? filter : { ...filter, text } }
}

function take(
  filter: { -readonly [Key in keyof DecisionFilter]: DecisionFilter[Key] },
  word: string,
  value: string,
  zone: string,
): string | undefined {
  if (word === 'symbol') filter.symbol = value
  else if (word === 'strategy') filter.strategy = value
  else if (word === 'code') filter.code = value.toUpperCase()
  else if (word === 'outcome') {
    const outcome = Object.entries(outcomes).find(([name]) => name === value.toLowerCase())?.[1]
    if (outcome === undefined) return `outcome “${value}” is not known: write approved, reduced or refused.`
    filter.outcome = outcome
  } else {
    const at = word === 'after' ? startOfDay(value, zone) : endOfDay(value, zone)
    if (at === undefined) return `${word} “${value}” is not a day: write it as in ${exampleOf(word)}.`
    if (word === 'after') filter.from = at
    else filter.to = at - 1
  }
  return undefined
}

const exampleOf = (word: string): string => searchWords.find((known) => known.word === word)?.example ?? word

const wrong = (why: string): Search => ({ ok: false, why })
