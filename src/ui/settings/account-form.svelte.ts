import type { AccountView } from '../../contract/books.ts'
import { keptPerBook } from '../app/kept-per-book.svelte.ts'
import { isDecimalText, ratio } from '../format/ratio.ts'
import { startOfDay } from '../format/zone-date.ts'
import { answer, type DeskClient } from '../rpc.ts'

/** Kinds of money in and out; those that take money out are typed without a sign. */
export const flowKinds = [
  { value: 'deposit', label: 'Deposit', out: false },
  { value: 'withdrawal', label: 'Withdrawal', out: true },
  { value: 'dividend', label: 'Dividend', out: false },
  { value: 'interest', label: 'Interest', out: false },
  { value: 'fee', label: 'Fee', out: true },
  { value: 'tax', label: 'Tax', out: true },
  { value: 'adjustment', label: 'Adjustment', out: false },
  { value: 'opening', label: 'Opening balance', out: false },
] as const

/** One kind of money in or out. */
export type FlowKind = (typeof flowKinds)[number]['value']

type Settings = Pick<AccountView, 'name' | 'timeZone' | 'dayRoll' | 'enabled'>
type Field = keyof Settings
const dayRolls = /^([01]\d|2[0-3]):[0-5]\d$/

/** What the form needs of the desk; the client is asked for anew because a line may have been reopened. */
export interface AccountSource {
  readonly client: Pick<DeskClient, 'account'>
  readonly account: AccountView | undefined
  readonly timeZone: string
  readonly refreshAccount: () => Promise<void>
}

/** The account as a form, the statement of its equity, and money in and out. */
export class AccountForm {
  drafts = $state.raw<Partial<Settings>>({})
  refused = $state.raw<Partial<Record<Field, string>>>({})
  rest = $state<string>()
  equity = $state('')
  equityNote = $state('')
  equityRefusal = $state<string>()
  flow = $state<FlowKind>('deposit')
  amount = $state('')
  date = $state('')
  note = $state('')
  flowRefusal = $state<string>()
  busy = $state(false)

  readonly #desk: AccountSource

  readonly changes = $derived(Object.keys(this.drafts))
  readonly isChanged = $derived(this.changes.length > 0)
  readonly flowIsOut = $derived(flowKinds.find(({ value }) => value === this.flow)?.out === true)
  readonly faults = $derived.by<Partial<Record<Field, string>>>(() => {
    const { name, timeZone, dayRoll } = this.drafts
    return {
      ...this.refused,
      ...(name?.trim() === '' ? { name: 'Name is empty: give the account a name you will know it by.' } : {}),
      ...(timeZone === undefined || isZone(timeZone)
        ? {}
        : { timeZone: `Time zone “${timeZone}” is not known: use a name such as America/Chicago.` }),
      ...(dayRoll === undefined || dayRolls.test(dayRoll)
        ? {}
        : { dayRoll: `Day starts at “${dayRoll}” is not a time from 00:00 to 23:59.` }),
    }
  })

  constructor(desk: AccountSource) {
    this.#desk = desk
  }

  /** Types a setting; the saved value again is no change. */
  type<Name extends Field>(name: Name, typed: Settings[Name]): void {
    this.refused = {}
    this.rest = undefined
    const others = Object.fromEntries(Object.entries(this.drafts).filter(([key]) => key !== name)) as Partial<Settings>
    this.drafts = this.#desk.account?.[name] === typed ? others : { ...others, [name]: typed }
  }

  /** Saves the settings of the account; true when they were taken. */
  async save(): Promise<boolean> {
    const { account } = this.#desk
    if (account === undefined || this.busy || Object.keys(this.faults).length > 0) return false
    const { name, timeZone, dayRoll, enabled } = { ...account, ...this.drafts }
    this.busy = true
    const saved = await answer(
      this.#desk.client.account.save({ name: name.trim(), timeZone: timeZone.trim(), dayRoll, enabled }),
    )
    this.busy = false
    if (saved.ok) {
      await this.#desk.refreshAccount()
      this.drop()
      return true
    }
    const { field, says } = saved.refusal
    if (field === 'name' || field === 'timeZone' || field === 'dayRoll') this.refused = { [field]: says }
    else this.rest = says
    return false
  }

  /** Drops what was typed and not saved. */
  drop(): void {
    this.drafts = {}
    this.refused = {}
    this.rest = undefined
  }

  /** States the equity of now; true when it was booked. */
  async stateEquity(): Promise<boolean> {
    if (this.equity === '' || this.busy) return false
    this.busy = true
    const stated = await answer(
      this.#desk.client.account.setEquity({ equity: this.equity, note: orNull(this.equityNote) }),
    )
    this.busy = false
    this.equityRefusal = stated.ok ? undefined : stated.refusal.says
    if (!stated.ok) return false
    this.equity = ''
    this.equityNote = ''
    await this.#desk.refreshAccount()
    return true
  }

  /** Books money in or out; true when it was booked. */
  async bookFlow(): Promise<boolean> {
    if (!isDecimalText(this.amount) || this.busy) return false
    const at = this.date === '' ? undefined : startOfDay(this.date, this.#desk.timeZone)
    if (this.date !== '' && at === undefined) {
      this.flowRefusal = `Day “${this.date}” is not a day: write it as 2026-08-01.`
      return false
    }
    const amount = this.flowIsOut && ratio(this.amount).top > 0n ? `-${this.amount}` : this.amount
    this.busy = true
    const booked = await answer(
      this.#desk.client.account.addCashFlow({
        kind: this.flow,
        amount,
        note: orNull(this.note),
        ...(at === undefined ? {} : { at }),
      }),
    )
    this.busy = false
    this.flowRefusal = booked.ok ? undefined : booked.refusal.says
    if (!booked.ok) return false
    this.amount = ''
    this.date = ''
    this.note = ''
    await this.#desk.refreshAccount()
    return true
  }
}

const isZone = (zone: string): boolean => zone === 'UTC' || Intl.supportedValuesOf('timeZone').includes(zone)
const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())

/** The account form of this window, with what was typed kept while another screen is shown. */
export const accountFormOf = keptPerBook((desk) => new AccountForm(desk))
