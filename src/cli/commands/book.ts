import { cashFlow, setEquity } from '../book/keep-account.ts'
import { instrument, price, profile, strategy } from '../book/keep-terms.ts'
import { create, info, list, sample } from '../book/make-book.ts'
import { groupCommands } from '../define-command.ts'

export const book = groupCommands('book', 'Make books and keep their account, instruments, strategies and profile.', [
  create,
  sample,
  list,
  info,
  setEquity,
  cashFlow,
  strategy,
  instrument,
  price,
  profile,
])
