import { describe, expect, it } from 'vitest'
import type { ProfileView, SettingView } from '../../../src/contract/profile.ts'
import { ProfileForm, type ProfileSource } from '../../../src/ui/settings/profile-form.svelte.ts'
import { refused } from './refused.ts'

const risk: SettingView = {
  path: 'ceilings.risk_per_trade.max',
  section: 'Ceiling: Risk per trade',
  title: 'Most risk per trade',
  help: '',
  kind: 'fraction',
  value: '0.02',
  least: '0',
  most: '1',
  choices: [],
}
const loss: SettingView = { ...risk, path: 'ceilings.daily_loss.max', section: 'Ceiling: Daily loss', value: '0.03' }
const profile: ProfileView = {
  name: 'own',
  version: 1,
  hash: 'h',
  title: 'Own',
  at: 1,
  settings: [risk, loss],
  rules: [
    { path: 'ceilings.risk_per_trade', section: risk.section, title: '', says: '', on: true, mayBeOff: true },
    { path: 'ceilings.daily_loss', section: loss.section, title: '', says: '', on: true, mayBeOff: true },
    { path: 'gate.session', section: 'Gate: Session', title: '', says: 'Hours of trading.', on: false, mayBeOff: true },
  ],
  yaml: '',
  warnings: [],
  pending: [],
  overrides: [],
  assignments: [],
  lastAssignment: null,
  loosensLater: true,
  nextSessionAt: 2,
}

function profileDesk(refusal?: Error) {
  const changes: unknown[] = []
  const client = {
    profile: {
      get: () => Promise.resolve(profile),
      list: () => Promise.resolve([]),
      change: (call: { changes: readonly { path: string; value: string }[] }) => {
        changes.push(call.changes)
        if (refusal !== undefined) return Promise.reject(refusal)
        const values = new Map(call.changes.map(({ path, value }) => [path, value]))
        const settings = profile.settings.map((one) => ({ ...one, value: values.get(one.path) ?? one.value }))
        return Promise.resolve({ ...profile, version: 2, settings })
      },
    },
  }
  return { desk: { client } as unknown as ProfileSource, changes }
}

describe('the profile form', () => {
  it('saves all changes in one call and is clean afterwards', async () => {
    const { desk, changes } = profileDesk()
    const form = new ProfileForm(desk)
    await form.load()
    form.type(risk, '0.01')
    form.type(loss, '0.02')
    expect(await form.save()).toBe(true)
    expect(changes).toEqual([
      [
        { path: risk.path, value: '0.01' },
        { path: loss.path, value: '0.02' },
      ],
    ])
    expect(form.isChanged).toBe(false)
    expect(form.profile?.version).toBe(2)
  })

  it('saves nothing while one value is wrong, and names every wrong one', async () => {
    const { desk, changes } = profileDesk()
    const form = new ProfileForm(desk)
    await form.load()
    form.type(risk, '5')
    form.type(loss, '')
    expect(await form.save()).toBe(false)
    expect(changes).toEqual([])
    expect(Object.keys(form.faults)).toEqual([risk.path, loss.path])
  })

  it('shows what the desk refused at its fields, and keeps what was typed', async () => {
    const { desk } = profileDesk(refused(`${risk.path} must be above 0. ${loss.path} must be above 0.`, risk.path))
    const form = new ProfileForm(desk)
    await form.load()
    form.type(risk, '0')
    form.type(loss, '0')
    expect(await form.save()).toBe(false)
    expect(form.faults).toEqual({
      [risk.path]: `${risk.path} must be above 0.`,
      [loss.path]: `${loss.path} must be above 0.`,
    })
    expect(form.valueOf(risk)).toBe('0')
    form.type(risk, '0.01')
    expect(Object.keys(form.faults)).toEqual([loss.path])
  })

  it('keeps what was typed when the profile is read anew, and knows the saved value again', async () => {
    const { desk } = profileDesk()
    const form = new ProfileForm(desk)
    await form.load()
    form.type(risk, '0.01')
    await form.load()
    expect(form.valueOf(risk)).toBe('0.01')
    form.type(risk, '0.02')
    expect(form.isChanged).toBe(false)
  })

  it('switches a rule off with all that was typed into it, and one on', async () => {
    const { desk, changes } = profileDesk()
    const form = new ProfileForm(desk)
    await form.load()
    const [, daily, session] = profile.rules
    if (daily === undefined || session === undefined) throw new Error('the profile has these rules')
    form.type(loss, '9')
    form.switch(daily, false)
    form.switch(session, true)
    expect(form.faults).toEqual({})
    expect(form.groups.map(({ settings }) => settings.length)).toEqual([1, 0, 0])
    expect(await form.save()).toBe(true)
    expect(changes).toEqual([
      [
        { path: 'ceilings.daily_loss', value: 'off' },
        { path: 'gate.session', value: 'on' },
      ],
    ])
    form.switch(daily, false)
    form.switch(daily, true)
    expect(form.isChanged).toBe(false)
  })

  it('asks for a reason when the desk wants one, and gives it', async () => {
    const asked: unknown[] = []
    const { desk } = profileDesk()
    desk.client.profile.change = ((call: { reason?: string }) => {
      asked.push(call.reason)
      return call.reason === undefined
        ? Promise.reject(refused('Most risk per trade allows more than now: say why.', 'reason'))
        : Promise.resolve({ ...profile, version: 2 })
    }) as unknown as typeof desk.client.profile.change
    const form = new ProfileForm(desk)
    await form.load()
    form.type(risk, '0.03')
    expect(await form.save()).toBe(false)
    expect(form.reasonAsked).toContain('say why')
    form.reason = 'a calmer market'
    expect(await form.save()).toBe(true)
    expect(asked).toEqual([undefined, 'a calmer market'])
    expect([form.reasonAsked, form.reason]).toEqual([undefined, ''])
  })

  it('finds settings by their words, and never hides a fault', async () => {
    const { desk } = profileDesk()
    const form = new ProfileForm(desk)
    await form.load()
    form.filter = 'daily'
    expect(form.groups.flatMap(({ settings }) => settings.map(({ path }) => path))).toEqual([loss.path])
    form.type(risk, '9')
    expect(form.groups.map(({ section }) => section)).toEqual([risk.section, loss.section])
  })
})
