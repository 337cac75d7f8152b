import type { BookReader } from '../ports.ts'
import type { Workspace } from '../workspace.ts'
import type { ExchangeAccount } from './ports.ts'

/** Where orders of a book go. */
export type BrokerSource = 'paper' | 'manual' | 'exchange'

const KEY = 'broker'

/** The exchange account a live book is connected to; `undefined` where its orders are carried by hand. */
export function chosenAccount(book: BookReader): ExchangeAccount | undefined {
  if (book.info.kind !== 'live') return undefined
  // Safe: it is written below alone, and read back as it was written.
  const kept = book.setting(KEY)?.value as ExchangeAccount | null | undefined
  return kept ?? undefined
}

/** Where orders of a book go: a paper or sample book trades on paper, a live one by hand until it is connected. */
export function brokerOf(book: BookReader): BrokerSource {
  if (book.info.kind !== 'live') return 'paper'
  return chosenAccount(book) === undefined ? 'manual' : 'exchange'
}

/** Keeps where orders of the open book go; `null` is by hand. */
export function keepBroker({ book, options }: Workspace, account: ExchangeAccount | null): void {
  const says =
    account === null
      ? 'Orders of this book are carried by hand.'
      : `Orders of this book go to ${account.exchange} (${account.network}).`
  const value = account === null ? null : { ...account }
  book.saveSetting({ key: KEY, value, kind: 'state', says }, options.ambient.now())
}
