import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { orderEvidence, readMoment } from '../../src/importers/moment-text.ts'
import { ZoneTime } from '../../src/importers/zone-time.ts'

const pad = (value: number, width = 2): string => String(value).padStart(width, '0')

describe('dates of a file', () => {
  it('read back to the same second in every writing', () => {
    const writings: readonly (readonly ['ymd' | 'dmy' | 'mdy', (d: Date) => string])[] = [
      ['ymd', (d) => d.toISOString()],
      ['ymd', (d) => `${d.toISOString().slice(0, 10)} ${d.toISOString().slice(11, 19)}`],
      ['ymd', (d) => `${d.toISOString().slice(0, 10)}, ${d.toISOString().slice(11, 19)}`],
      ['ymd', (d) => d.toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', ';')],
      ['ymd', (d) => d.toISOString().slice(0, 19).replace(/[-:T]/g, '')],
      ['ymd', (d) => String(d.getTime() / 1000)],
      ['ymd', (d) => String(d.getTime())],
      [
        'dmy',
        (d) =>
          `${pad(d.getUTCDate())}.${pad(d.getUTCMonth() + 1)}.${d.getUTCFullYear()} ${d.toISOString().slice(11, 19)}`,
      ],
      ['dmy', (d) => `${d.getUTCDate()}/${d.getUTCMonth() + 1}/${d.getUTCFullYear()} ${d.toISOString().slice(11, 19)}`],
      [
        'mdy',
        (d) =>
          `${d.getUTCMonth() + 1}/${d.getUTCDate()}/${d.getUTCFullYear()} ${((d.getUTCHours() + 11) % 12) + 1}:${pad(d.getUTCMinutes())}:${pad(d.getUTCSeconds())} ${d.getUTCHours() < 12 ? 'AM' : 'PM'}`,
      ],
    ]
    const seconds = fc.integer({ min: Date.UTC(2002) / 1000, max: Date.UTC(2060) / 1000 })
    fc.assert(
      fc.property(seconds, fc.constantFrom(...writings), (second, [order, write]) => {
        expect(readMoment(write(new Date(second * 1000)), order)).toMatchObject({
          ok: true,
          value: { local: second * 1000 },
        })
      }),
      { numRuns: 2000 },
    )
  })

  it('tells day first from month first, and says when it cannot', () => {
    expect(
      ['13/02/2024', '02/13/2024', '02/03/2024', '03/03/2024', '02.03.2024', '2024-02-03', 'x'].map(orderEvidence),
    ).toEqual(['dmy', 'mdy', 'either', 'fixed', 'dmy', 'fixed', 'not-a-date'])
  })

  it.each([
    '2024-02-30',
    '2024-13-01',
    '31/04/2024',
    '2024-01-01 25:00',
    '1066-10-14',
    '45292',
    '20240230',
    'yesterday',
  ])('refuses %s', (cell) => {
    expect(readMoment(cell, 'dmy').ok).toBe(false)
  })

  it('keeps an offset that is written', () => {
    expect(readMoment('2024-03-01T10:00:00+05:30', 'ymd')).toMatchObject({ ok: true, value: { offset: 330 } })
    expect(readMoment('2024-03-01 10:00 UTC', 'ymd')).toMatchObject({ ok: true, value: { offset: 0 } })
  })
})

describe('local time', () => {
  it('is the same as the one Intl writes for the instant, in every zone and season', () => {
    const zones = [
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kolkata',
      'Africa/Casablanca',
      'Pacific/Apia',
    ]
    const known = new Map(zones.map((zone) => [zone, new ZoneTime(zone)]))
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: Date.UTC(2000) / 60_000, max: Date.UTC(2030) / 60_000 }),
        (zone, minute) => {
          const at = minute * 60_000
          const written = new Date(at).toLocaleString('sv-SE', { timeZone: zone })
          const found = known.get(zone)?.instant(Date.parse(`${written.replace(' ', 'T')}Z`))
          expect(found?.kind).not.toBe('skipped')
          // A time that occurred twice is read as the first of the two.
          if (found?.kind === 'once') expect(found.at).toBe(at)
          else expect(found?.at).toBeLessThanOrEqual(at)
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('does not exist in the hour that is skipped, and is the first of two in the hour that is repeated', () => {
    const berlin = new ZoneTime('Europe/Berlin')
    expect(berlin.instant(Date.UTC(2026, 2, 29, 2, 30))).toEqual({ kind: 'skipped', at: null })
    expect(berlin.instant(Date.UTC(2026, 9, 25, 2, 30))).toEqual({ kind: 'twice', at: Date.UTC(2026, 9, 25, 0, 30) })
  })
})
