import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { profileSchema } from '../../../src/domain/profile-schema.ts'
import { rawProfile } from '../../support/sizing-fixtures.ts'

const folder = fileURLToPath(new URL('../../../resources/profiles/', import.meta.url))
const published = `${folder}profile.schema.json`
const schema = profileSchema()
if (process.env['BALLAST_WRITE_SCHEMA'] === '1') writeFileSync(published, `${JSON.stringify(schema, null, 2)}\n`)
const reader = z.fromJSONSchema(schema)

describe('the published schema of profiles', () => {
  it('is the one the registries make; BALLAST_WRITE_SCHEMA=1 writes it anew', () => {
    expect(JSON.parse(readFileSync(published, 'utf8'))).toEqual(schema)
  })

  it.each(readdirSync(folder).filter((name) => name.endsWith('.yaml')))('takes %s, which names it', (name) => {
    const yaml = readFileSync(`${folder}${name}`, 'utf8')
    expect(yaml.split('\n')[0]).toBe('# yaml-language-server: $schema=profile.schema.json')
    expect(reader.safeParse(parse(yaml)).error?.issues ?? []).toEqual([])
  })

  it('refuses what a profile may not say', () => {
    const raw = rawProfile()
    const refused = (change: object): boolean => !reader.safeParse({ ...raw, ...change }).success
    expect(refused({})).toBe(false)
    expect(refused({ colour: 'blue' })).toBe(true)
    expect(refused({ method: 'hope' })).toBe(true)
    expect(refused({ methods: { ...raw.methods, fixed_risk: { risk: 2 } } })).toBe(true)
    expect(refused({ methods: { ...raw.methods, fixed_risk: 'off' } })).toBe(true)
    expect(refused({ ceilings: { ...raw.ceilings, daily_loss: 'off' } })).toBe(false)
    expect(refused({ gate: { ...raw.gate, stop_side: 'off' } })).toBe(true)
    expect(refused({ ceilings: { ...raw.ceilings, adv: undefined } })).toBe(true)
  })
})
