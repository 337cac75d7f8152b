import { valueBook } from '../../../src/domain/book.ts'
import { invert, type Inverse, type InverseAnswer, type Question } from '../../../src/domain/governor/invert.ts'
import type { BookInput, EdgeInput } from '../../../src/domain/inputs.ts'
import type { Profile } from '../../../src/domain/profile.ts'
import { book, DISCRETIONARY, inputs, NOW, type Told } from '../../support/sizing-fixtures.ts'

/** What would allow a quantity of the fixtures' order; throws where the question is refused. */
export function ask(
  quantity: unknown,
  told: Told = {},
  more: Partial<Question> = {},
  held: Partial<BookInput> = {},
  profile: Profile = DISCRETIONARY,
): Inverse {
  const answer = invert(inputs(told), valueBook(book(held)), profile, { quantity, through: 'method', ...more })
  if (!answer.ok) throw new Error(answer.error.map(({ says }) => says).join(' '))
  return answer.value
}

/** One unknown of it. */
export function solved(unknown: InverseAnswer['unknown'], ...asked: Parameters<typeof ask>): InverseAnswer {
  const [quantity, told, more, held, profile] = asked
  const [only] = ask(quantity, told, { unknowns: [unknown], ...more }, held, profile).answers
  if (only === undefined) throw new Error('no answer')
  return only
}

/** 30 wins and 25 losses of 100 each. */
export const EDGE: EdgeInput = {
  scope: 'all trades',
  window: '30 days',
  from: NOW - 1,
  to: NOW,
  wins: 30,
  losses: 25,
  scratches: 0,
  meanWin: '100',
  meanLoss: '100',
  source: 'test',
}
