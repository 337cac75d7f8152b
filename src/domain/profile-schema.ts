import type { Plain } from './kernel/canonical.ts'
import type { Setting, Settings } from './kernel/setting.ts'
import { ALWAYS_ON, GENERAL, SECTIONS } from './profile.ts'
import { METHODS } from './sizing/registry.ts'

interface Schema {
  readonly [key: string]: Plain
}

/** The JSON Schema (draft 2020-12) of a profile, made from the methods and rules there are, for editors that know YAML. */
export function profileSchema(): Schema {
  const sections = SECTIONS.map(({ key, rules, mayBeOff }) => {
    const entries = rules.map(({ id, title, says, settings }) => {
      const own = objectOf(settings, { title, description: says })
      return [id, mayBeOff && !ALWAYS_ON.has(id) ? { anyOf: [own, { const: 'off' }] } : own] as const
    })
    return [key, closed(Object.fromEntries(entries), {})] as const
  })
  const word = { type: 'string', minLength: 1 }
  const properties = {
    schema: { const: 1 },
    name: word,
    title: word,
    says: word,
    method: { enum: METHODS.map(({ id }) => id) },
    general: objectOf(GENERAL, { title: 'General' }),
    ...Object.fromEntries(sections),
  }
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Ballast profile',
    description: 'Shares are fractions (0.01 is 1 %), money is in the account’s currency, times are milliseconds.',
    ...closed(properties, {}),
  }
}

function objectOf(settings: Settings, named: Schema): Schema {
  const properties = Object.entries(settings).map(([key, setting]) => [key, schemaOf(setting)] as const)
  return closed(Object.fromEntries(properties), named)
}

/** Every key is required and no other is allowed: what is not mentioned is an error, never a default. */
function closed(properties: { readonly [key: string]: Plain }, named: Schema): Schema {
  return { ...named, type: 'object', properties, required: Object.keys(properties), additionalProperties: false }
}

function schemaOf(setting: Setting<unknown>): Schema {
  const named = { title: setting.title, description: setting.help }
  if (setting.kind === 'choice') return { ...named, enum: [...setting.choices] }
  if (setting.kind === 'switch') return { ...named, type: 'boolean' }
  const number = numberOf(setting)
  return setting.kind === 'table' ? { ...named, type: 'object', additionalProperties: number } : { ...named, ...number }
}

/** A number may be written as text where a float would lose digits. */
function numberOf({ least, most, whole, above }: Setting<unknown>): Schema {
  const low = least === null ? {} : above === true ? { exclusiveMinimum: Number(least) } : { minimum: Number(least) }
  const number = {
    type: whole === true ? 'integer' : 'number',
    ...low,
    ...(most === null ? {} : { maximum: Number(most) }),
  }
  return { anyOf: [number, { type: 'string', pattern: '^-?[0-9]+(\\.[0-9]+)?$' }] }
}
