import { describe, expect, it } from 'vitest'
import { machineAmbient } from '../../src/host/machine-ambient.ts'

describe('ids', () => {
  it('are UUIDs of version 7, all different, and sort in the order they were made', () => {
    const ids = Array.from({ length: 20_000 }, () => machineAmbient.newId())
    for (const id of ids) expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
    expect(new Set(ids).size).toBe(ids.length)
    expect([...ids].sort()).toEqual(ids)
  })
})

it('hashes text as UTF-8 with SHA-256', () => {
  // FIPS 180-2, appendix B.1.
  expect(machineAmbient.sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})

describe('a pause', () => {
  it('ends after its time, when it is called off and when it is resumed early', async () => {
    const off = new AbortController()
    await machineAmbient.pause(1, off.signal, () => undefined)
    const calledOff = machineAmbient.pause(3_600_000, off.signal, () => undefined)
    off.abort()
    await calledOff
    await machineAmbient.pause(3_600_000, off.signal, () => undefined)
    await machineAmbient.pause(3_600_000, new AbortController().signal, (resume) => setTimeout(resume, 1))
  })
})
