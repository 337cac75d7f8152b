import { valueBook, type Book } from '../../domain/book.ts'
import { decide } from '../../domain/governor/decide.ts'
import type { DecisionBody } from '../../domain/governor/decision.ts'
import type { BookInput, DecisionInputs, PositionInput, WorkingOrderInput } from '../../domain/inputs.ts'
import { canonical } from '../../domain/kernel/canonical.ts'
import { add, dec, magnitude, smaller, subtract, text, ZERO, type Dec } from '../../domain/kernel/money.ts'
import { NEVER } from '../import/watching.ts'
import { withStudies } from '../prepare-studies.ts'
import { DeskRefusal } from '../refusal.ts'
import { gatherOrder, type SizeOrder } from '../size-order.ts'
import type { ActiveProfile, Workspace } from '../workspace.ts'

/** One order of several that are decided together. */
export interface DecidedInTurn {
  readonly order: SizeOrder
  readonly body: DecisionBody
  readonly inputs: DecisionInputs
  readonly book: BookInput
  readonly active: ActiveProfile
}

/** Several orders decided together, and the book as if all that was allowed were filled at its entry. */
export interface DecidedTogether {
  readonly orders: readonly DecidedInTurn[]
  readonly before: Book
  readonly after: Book
}

/**
 * Decides orders one after the other, each with what was allowed of those before it counted as working, so that together
 * they keep every limit. They count against the orders of a day, but are no repetitions of each other. Others are heard
 * between two of them; refused where the book changes meanwhile. Nothing is recorded.
 */
export async function decideInTurn(workspace: Workspace, wanted: readonly SizeOrder[]): Promise<DecidedTogether> {
  const version = workspace.book.version()
  const account = workspace.account()
  const now = workspace.valuedBook(account, workspace.readAt())
  const orders: DecidedInTurn[] = []
  let working: BookInput = now.input
  let filled: BookInput = now.input
  let entries = 0
  const held = wanted.flatMap(({ request: { symbol } }) => (typeof symbol === 'string' ? [symbol.trim()] : []))
  for (const order of wanted) {
    await workspace.options.ambient.pause(0, NEVER, () => undefined)
    await withStudies(workspace, order, () => undefined, { held })
    if (workspace.book.version() !== version)
      throw new DeskRefusal('CONFLICT', 'The book changed while these orders were decided together: ask again.')
    const { strategy } = order.request
    const active = workspace.activeProfile(typeof strategy === 'string' ? strategy.trim() : '')
    const own = onceFlat(working, now.input, order)
    const valued = own === now.input ? now : valuedOf(workspace, own)
    const gathered = gatherOrder(workspace, order, active, { valued, held })
    const inputs = { ...gathered.inputs, ordersToday: gathered.inputs.ordersToday + entries }
    const body = decide(inputs, valued.book, gathered.profile)
    orders.push({ order, body, inputs, book: valued.input, active })
    if (dec(body.quantity).isZero()) continue
    if (body.kind === 'entry') entries += 1
    working = withWorking(working, inputs, body, orders.length)
    filled = withFill(filled, inputs, body)
  }
  return { orders, before: now.book, after: filled === now.input ? now.book : valueBook(filled) }
}

/**
 * The book an order is decided on: where those before it close the whole of what is held, this one is for afterwards, so
 * that it is decided as if they were filled. Everything else still counts as held, also what an exit at the broker waits
 * to close.
 */
function onceFlat(book: BookInput, { working: waiting }: BookInput, { request }: SizeOrder): BookInput {
  const { symbol } = request
  const held = sumOf(book.positions.filter((position) => position.symbol === symbol))
  const before = book.working.filter((order) => !waiting.includes(order))
  const leaving = sumOf(before.filter((order) => order.symbol === symbol && order.reduces === true))
  if (held.isZero() || !magnitude(held).eq(leaving)) return book
  return {
    ...book,
    positions: book.positions.filter((position) => position.symbol !== symbol),
    working: book.working.filter((order) => order.symbol !== symbol || order.reduces !== true),
  }
}

function sumOf(entries: readonly { readonly quantity: string }[]): Dec {
  return entries.reduce((sum, { quantity }) => add(sum, dec(quantity)), ZERO)
}

function valuedOf(workspace: Workspace, input: BookInput): ReturnType<Workspace['valuedBook']> {
  const hash = workspace.options.ambient.sha256(canonical(input))
  return { input, book: valueBook(input), hash }
}

function withWorking(book: BookInput, inputs: DecisionInputs, body: DecisionBody, number: number): BookInput {
  const { instrument } = inputs
  if (instrument === null || body.side === null) return book
  const order: WorkingOrderInput = {
    orderId: `together-${String(number).padStart(3, '0')}`,
    symbol: body.symbol,
    strategy: body.strategy,
    side: body.side,
    quantity: body.quantity,
    price: body.entry ?? inputs.last.value ?? '0',
    stop: body.stop,
    spec: instrument,
    ...(body.kind === 'exit' ? { reduces: true } : {}),
  }
  return { ...book, working: [...book.working, order] }
}

function withFill(book: BookInput, inputs: DecisionInputs, body: DecisionBody): BookInput {
  if (body.kind === 'exit') return { ...book, positions: reduced(book.positions, body) }
  const price = body.entry ?? inputs.last.value ?? '0'
  const opened: PositionInput = {
    symbol: body.symbol,
    strategy: body.strategy,
    quantity: body.side === 'sell' ? text(dec(body.quantity).negated()) : body.quantity,
    averagePrice: price,
    stop: body.stop,
    mark: { value: price, source: 'the entry of the order', at: inputs.at },
    spec: inputs.instrument,
  }
  return { ...book, positions: [...book.positions, opened] }
}

function reduced(positions: readonly PositionInput[], { symbol, quantity }: DecisionBody): readonly PositionInput[] {
  let left = dec(quantity)
  return positions.flatMap((position) => {
    if (position.symbol !== symbol || left.isZero()) return [position]
    const held = dec(position.quantity)
    const taken = smaller(magnitude(held), left)
    left = subtract(left, taken)
    const rest = held.lt(0) ? add(held, taken) : subtract(held, taken)
    return rest.eq(ZERO) ? [] : [{ ...position, quantity: text(rest) }]
  })
}
