import { describe, expect, it } from 'vitest'
import type { LimitAlert } from '../../../src/contract/limit-alert.ts'
import { SystemNotices, type NoticePort } from '../../../src/ui/live/system-notices.svelte.ts'

function storage(kept: Record<string, string> = {}) {
  const values = new Map(Object.entries(kept))
  return {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
  }
}

function port(answer = true): NoticePort & { shown: string[]; allowed: boolean } {
  const made = {
    shown: [] as string[],
    allowed: false,
    isAllowed: () => made.allowed,
    ask: () => Promise.resolve((made.allowed = answer)),
    show: (title: string, body: string) => void made.shown.push(`${title}: ${body}`),
  }
  return made
}

const alert = (number: number): LimitAlert => ({ number, at: 0, level: 'breach', key: 'k', says: `Limit ${number}.` })

describe('notices of the system about limits', () => {
  it('are off until they are asked for and let, and then on again at the next start', async () => {
    const [browser, kept] = [port(), storage()]
    const notices = new SystemNotices(browser, kept)
    notices.hear([])
    notices.hear([alert(1)])
    expect([notices.isOn, browser.shown]).toEqual([false, []])
    await notices.set(true)
    notices.hear([alert(2), alert(1)])
    expect(browser.shown).toEqual(['A limit is reached: Limit 2.'])
    expect(new SystemNotices(browser, kept).isOn).toBe(true)
    await notices.set(false)
    expect([notices.isOn, new SystemNotices(browser, kept).isOn]).toEqual([false, false])
  })

  it('stay off where the person does not let them, or has taken that back', async () => {
    const refusing = new SystemNotices(port(false), storage())
    await refusing.set(true)
    expect(refusing.isOn).toBe(false)
    expect(new SystemNotices(port(), storage({ 'ballast.limit-notices': 'on' })).isOn).toBe(false)
  })

  it('show each alert once, oldest first, none of those that were there at first, and all of a desk that began anew', async () => {
    const browser = port()
    const notices = new SystemNotices(browser, storage())
    await notices.set(true)
    notices.hear([alert(2), alert(1)])
    notices.hear([alert(2), alert(1)])
    expect(browser.shown).toEqual([])
    notices.hear([alert(4), alert(3), alert(2), alert(1)])
    notices.hear([alert(4), alert(3), alert(2), alert(1)])
    expect(browser.shown).toEqual(['A limit is reached: Limit 3.', 'A limit is reached: Limit 4.'])
    notices.hear([alert(1)])
    expect(browser.shown.slice(2)).toEqual(['A limit is reached: Limit 1.'])
  })
})
