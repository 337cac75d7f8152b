import { describe, expect, it } from 'vitest'
import type { BackUpView } from '../../../src/contract/backup.ts'
import type { PaperTermsView } from '../../../src/contract/paper.ts'
import { BackUpState, type BackUpSource } from '../../../src/ui/settings/back-ups.svelte.ts'
import { PaperAccountForm } from '../../../src/ui/settings/paper-account.svelte.ts'
import { refused } from './refused.ts'

const view = (lastAt: number | null): BackUpView => ({
  lastAt,
  file: null,
  due: lastAt === null,
  making: false,
  fault: null,
  says: 's',
})

describe('the backups in the settings', () => {
  it('are made once however often the button is pressed, and shown as they then stand', async () => {
    let calls = 0
    const make = async () => ((calls += 1), await Promise.resolve(), view(7))
    const source = {
      client: { backup: { status: () => Promise.resolve(view(null)), make } },
    } as unknown as BackUpSource
    const state = new BackUpState(source)
    await state.load()
    expect(state.view?.due).toBe(true)
    await Promise.all([state.make(), state.make()])
    expect([calls, state.view?.lastAt, state.busy]).toEqual([1, 7, false])
  })

  it('keep what is known beside the reason of a refusal', async () => {
    const make = () => Promise.reject(refused('The disk is full.'))
    const source = { client: { backup: { status: () => Promise.resolve(view(3)), make } } } as unknown as BackUpSource
    const state = new BackUpState(source)
    await state.load()
    await state.make()
    expect([state.refused, state.view?.lastAt, state.busy]).toEqual(['The disk is full.', 3, false])
  })
})

describe('the paper account in the settings', () => {
  it('shows its maintenance margin in per cent, and sends it as a share, nothing for none', async () => {
    const sent: (string | null)[] = []
    let liquidation: string | null = '0.125'
    const terms = (): PaperTermsView => ({
      liquidation,
      interest: '0.065',
      slippage: 'fixed',
      participation: null,
      margin: true,
      says: 's',
    })
    const paper = {
      terms: () => Promise.resolve(terms()),
      setLiquidation: ({ below }: { below: string | null }) => {
        sent.push(below)
        liquidation = below
        return Promise.resolve(terms())
      },
    }
    const form = new PaperAccountForm({ client: { paper } })
    await form.load()
    expect([form.percent, form.isChanged]).toEqual(['12.5', false])
    form.percent = '50'
    expect(form.isChanged).toBe(true)
    await form.save()
    form.percent = ''
    await form.save()
    expect(sent).toEqual(['0.5', null])
    expect([form.percent, form.isChanged]).toEqual(['', false])
  })
})
