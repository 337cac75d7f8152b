import { valueBook } from '../../../src/domain/book.ts'
import { lossPerUnit } from '../../../src/domain/costs.ts'
import { resolve } from '../../../src/domain/governor/resolve.ts'
import type { BookInput, EdgeInput } from '../../../src/domain/inputs.ts'
import { text } from '../../../src/domain/kernel/money.ts'
import type { Reason } from '../../../src/domain/kernel/reason.ts'
import type { Result } from '../../../src/domain/kernel/result.ts'
import type { Proposal, Sizing } from '../../../src/domain/sizing/order.ts'
import { readOrder } from '../../../src/domain/sizing/read-order.ts'
import { methodById } from '../../../src/domain/sizing/registry.ts'
import type { MarketStudy, Studies } from '../../../src/domain/studies.ts'
import { book, inputs, NOW, onlyRules, rawProfile, reading, type Told } from '../../support/sizing-fixtures.ts'

const FREE = onlyRules({})
const SHIPPED = rawProfile().methods

/** What a method answers, as plain data: the share or units as text, its facts, its remarks, or why it refuses. */
export type Answer =
  | {
      readonly risk?: string
      readonly weight?: string
      readonly quantity?: string
      readonly facts: Readonly<Record<string, string>>
      readonly notes?: readonly string[]
      /** All-in loss per unit, where the method brings its own loss function. */
      readonly loss?: string
    }
  | { readonly refused: string }

/** 60 wins and 40 losses of 100 each: full Kelly is 0.2. */
export const EDGE: EdgeInput = {
  scope: 'strategy alpha',
  window: '30 days',
  from: 1,
  to: 2,
  wins: 60,
  losses: 40,
  scratches: 3,
  meanWin: '100',
  meanLoss: '100',
  source: 'test',
}

/** Studies of the market alone, all of it unknown but what is told. */
export function market(told: Partial<MarketStudy>, more: Partial<Studies> = {}): Studies {
  const unknown = reading(null)
  return {
    market: {
      volatility: unknown,
      volatilityLow: unknown,
      volatilityHigh: unknown,
      expectedReturn: unknown,
      atrMean: unknown,
      averageDailyVolume: unknown,
      liquidity: unknown,
      ...told,
    },
    correlation: null,
    sensors: [],
    regime: null,
    lastProfits: [],
    propFirm: null,
    ...more,
  }
}

/** The figures of a method's answer to the fixtures' order, with settings of the shipped profile changed as told. */
export function figures(id: string, told: Told = {}, settings: Readonly<Record<string, unknown>> = {}): Answer {
  const answer = ask(id, told, settings)
  return answer.ok ? plain(answer.value) : { refused: named(answer.error) }
}

/** The sentence of the answer, also of a refusal. */
export function sentence(id: string, told: Told = {}, settings: Readonly<Record<string, unknown>> = {}): string {
  const answer = ask(id, told, settings)
  return answer.ok ? answer.value.says : answer.error.says
}

/** The order with everything a method looks at; throws where that is refused. */
export function sizingOf(id: string, told: Told = {}, held: Partial<BookInput> = {}): Sizing {
  const sizing = resolved(id, told, {}, held)
  if (!sizing.ok) throw new Error(sizing.error.map(({ says }) => says).join(' '))
  return sizing.value
}

/** A reading of the time that everything is decided at. */
export const fresh = reading
/** A reading a year old. */
export const stale = (value: string): ReturnType<typeof reading> => reading(value, NOW - 365 * 86_400_000)

/** A reason by its code and field. */
export function named({ code, field }: Reason): string {
  return field === undefined ? code : `${code} ${field}`
}

function ask(id: string, told: Told, settings: Readonly<Record<string, unknown>>): Result<Proposal, Reason> {
  const sizing = resolved(id, told, settings, {})
  if (!sizing.ok) {
    const [first] = sizing.error
    if (first === undefined) throw new Error('a refusal without a reason')
    return { ok: false, error: first }
  }
  return of(id).propose(sizing.value, valuesOf(id, settings))
}

function resolved(
  id: string,
  told: Told,
  settings: Readonly<Record<string, unknown>>,
  held: Partial<BookInput>,
): Result<Sizing, readonly Reason[]> {
  const given = inputs(told)
  const order = readOrder(given.request)
  if (!order.ok) return order
  const profile = { ...FREE, methods: new Map([...FREE.methods, [id, valuesOf(id, settings)]]) }
  const currency = given.account.currency
  return resolve(given, order.value, valueBook(book({ currency, ...held })), profile, of(id))
}

function of(id: string): NonNullable<ReturnType<typeof methodById>> {
  const method = methodById(id)
  if (method === undefined) throw new Error(`${id} is no method`)
  return method
}

function valuesOf(id: string, changed: Readonly<Record<string, unknown>>): unknown {
  const raw = { ...SHIPPED[id], ...changed }
  return Object.fromEntries(
    Object.entries(of(id).settings).map(([key, setting]) => {
      const read = setting.read(raw[key], key)
      if (!read.ok) throw new Error(read.error.says)
      return [key, read.value]
    }),
  )
}

function plain(proposal: Proposal): Answer {
  const told = {
    facts: proposal.facts,
    ...(proposal.notes === undefined ? {} : { notes: proposal.notes.map(named) }),
  }
  switch (proposal.kind) {
    case 'quantity':
      return { quantity: text(proposal.quantity), ...told }
    case 'weight':
      return { weight: text(proposal.weight), ...told }
    case 'risk': {
      const { fraction, loss } = proposal
      return { risk: text(fraction), ...told, ...(loss === undefined ? {} : { loss: text(lossPerUnit(loss)) }) }
    }
  }
}
