import { createContext } from 'svelte'
import type { LiveSnapshot } from '../../contract/desk-state.ts'
import type { RefusalBody } from '../../contract/refusal.ts'
import { answer, refusalOf, type Answer, type Answers, type DeskClient } from '../rpc.ts'

/** What the live part needs of the desk; the client is asked for anew because a line may have been reopened. */
export interface LiveSource {
  readonly client: Pick<DeskClient, 'state'>
}

/** The dialogs of the live part: only one stands open at a time. */
export type LiveDialog = 'state' | 'arm' | 'flatten'

type StateAnswer = Answers['state']['get']

const retryMs = 1_000

/** State, arming and limits of the open book as the desk tells them, and the acts that change them. */
export class LiveDesk {
  /** The newest picture; undefined while the desk does not tell any, and then nothing may be assumed. */
  snapshot = $state.raw<LiveSnapshot>()
  dialog = $state<LiveDialog>()
  /** What was asked for and did not happen, until the next act: a halt that failed must not go unseen. */
  alarm = $state<string>()
  /** Names this window to the desk: only one window holds an arm. */
  readonly windowId: string = crypto.randomUUID()

  readonly state = $derived(this.snapshot?.state ?? undefined)
  readonly limits = $derived(this.snapshot?.limits ?? undefined)
  /** The desk's own clock: that of a replay while one runs. */
  readonly clock = $derived(this.state === undefined ? undefined : this.state.session.end - this.state.session.left)
  readonly isArmed = $derived(this.state?.arming.armed === true)
  readonly isArmedHere = $derived(this.state?.arming.armed === true && this.state.arming.windowId === this.windowId)

  readonly #source: LiveSource
  #stop: AbortController | undefined

  constructor(source: LiveSource) {
    this.#source = source
  }

  /** Listens anew; call it on every new line. Before the first picture of that line nothing is known. */
  async follow(): Promise<void> {
    this.leave()
    const stop = (this.#stop = new AbortController())
    const { signal } = stop
    while (!isStopped(signal)) {
      try {
        for await (const snapshot of await this.#source.client.state.watch(undefined, { signal })) {
          if (isStopped(signal)) return
          this.snapshot = snapshot
        }
      } catch (error) {
        if (!isStopped(signal)) this.alarm = `The state of the desk is not told: ${refusalOf(error).says}`
      }
      if (isStopped(signal)) return
      this.snapshot = undefined
      await new Promise((resolve) => setTimeout(resolve, retryMs))
    }
  }

  /** Stops listening; what was known is forgotten. */
  leave(): void {
    this.#stop?.abort()
    this.snapshot = undefined
  }

  /** Keeps the arm alive while this window holds it; call it every second. */
  async beat(): Promise<void> {
    if (!this.isArmedHere) return
    const { windowId } = this
    const told = await answer(this.#source.client.state.heartbeat({ windowId }))
    if (!told.ok) this.alarm = `The arm cannot be kept: ${told.refusal.says}`
  }

  /** Closing only, from now on. */
  stopAddingRisk(): Promise<RefusalBody | undefined> {
    return this.#act('New risk was NOT stopped', this.#source.client.state.stopAddingRisk({}))
  }

  /** Nothing is sent except cancels, from now on. */
  halt(): Promise<RefusalBody | undefined> {
    return this.#act('NOT halted', this.#source.client.state.halt({}))
  }

  /** Locks out new risk for so many minutes; only time ends it. */
  lock(minutes: number, reason: string): Promise<RefusalBody | undefined> {
    const why = reason.trim()
    return this.#act(
      'NOT locked out',
      this.#source.client.state.lock({ minutes, ...(why === '' ? {} : { reason: why }) }),
    )
  }

  /** Ends one cause, for a reason. */
  loosen(cause: string, reason: string): Promise<RefusalBody | undefined> {
    return this.#act(undefined, this.#source.client.state.loosen({ cause, reason: reason.trim() }))
  }

  /** What is looked at before arming. */
  preflight(): Promise<Answer<Answers['state']['preflight']>> {
    return answer(this.#source.client.state.preflight())
  }

  /** Arms the book for this window. */
  arm(lastFour: string, minutes: number): Promise<RefusalBody | undefined> {
    const { windowId } = this
    return this.#act(undefined, this.#source.client.state.arm({ lastFour, minutes, windowId }))
  }

  /** Gives the arm of this window so many minutes from now. */
  extend(minutes: number): Promise<RefusalBody | undefined> {
    const { windowId } = this
    return this.#act('The arm was NOT extended', this.#source.client.state.extendArm({ minutes, windowId }))
  }

  /** Takes the arm away, whichever window holds it. */
  disarm(): Promise<RefusalBody | undefined> {
    return this.#act('NOT disarmed', this.#source.client.state.disarm({}))
  }

  /** A person has seen a breach. */
  acknowledge(breachId: string, note: string): Promise<RefusalBody | undefined> {
    const text = note.trim()
    return this.#act(
      'The breach was not acknowledged',
      this.#source.client.state.acknowledge({ breachId, note: text === '' ? null : text }),
    )
  }

  /** Waits for an act; its failure is an alarm where nothing else on the screen would say so. */
  async #act(alarm: string | undefined, call: Promise<StateAnswer>): Promise<RefusalBody | undefined> {
    const told = await answer(call)
    if (told.ok) {
      this.alarm = undefined
      if (this.snapshot !== undefined) this.snapshot = { ...this.snapshot, state: told.value }
      return undefined
    }
    if (alarm !== undefined) this.alarm = `${alarm}: ${told.refusal.says}`
    return told.refusal
  }
}

/** Read anew after each wait: it changes meanwhile. */
function isStopped(signal: AbortSignal): boolean {
  return signal.aborted
}

/** State and limits of this window's desk, for every screen: `const live = useLive()`. */
export const [useLive, provideLive] = createContext<LiveDesk>()
