import type { OptimiseInput } from '../../contract/portfolio/optimise.ts'
import { wrongWith, type Allowed } from '../simulate/field-checks.ts'
import { fractionOf } from '../simulate/figures.ts'
import { readNames } from './name-list.ts'

const CHECKS = {
  min: { label: 'Least', unit: '%', from: -2_000, to: 2_000 },
  max: { label: 'Most', unit: '%', from: -2_000, to: 2_000 },
} as const satisfies Readonly<Record<string, Allowed>>

/** The typed fields of a group. */
export type GroupField = 'name' | 'members' | 'min' | 'max'

/** Instruments whose weights are limited together, as typed. */
export class GroupRow {
  readonly id: number
  name = $state('')
  members = $state('')
  min = $state('')
  max = $state('')
  unread = $state<Partial<Record<'min' | 'max', string | undefined>>>({})

  readonly read = $derived(readNames(this.members))
  readonly isEmpty = $derived(this.name.trim() === '' && this.members.trim() === '')
  readonly faults = $derived.by(() => {
    const found: Partial<Record<GroupField, string>> = {}
    if (this.isEmpty) return found
    if (this.name.trim() === '') found.name = 'Name is empty; call the group something, such as tech.'
    if (!this.read.ok) found.members = `Members: ${this.read.why}`
    else if (this.read.names.length === 0) found.members = 'Members are empty; list symbols parted by spaces.'
    for (const field of ['min', 'max'] as const) {
      const wrong = wrongWith(this.unread[field] ?? this[field], CHECKS[field])
      if (wrong !== undefined) found[field] = wrong
    }
    if (found.max === undefined && this.min !== '' && this.max !== '' && Number(this.min) > Number(this.max))
      found.max = `Most is ${this.max} %; give at least ${this.min} %, the least.`
    return found
  })

  constructor(id: number) {
    this.id = id
  }
}

/** The groups that are filled in as a part of what is asked. */
export function groupsOf(rows: readonly GroupRow[]): Pick<OptimiseInput, 'groups'> {
  const groups = rows.flatMap(({ isEmpty, name, read, min, max }) =>
    isEmpty || !read.ok
      ? []
      : [
          {
            name: name.trim(),
            members: [...read.names],
            ...(min === '' ? {} : { min: fractionOf(min) }),
            ...(max === '' ? {} : { max: fractionOf(max) }),
          },
        ],
  )
  return groups.length === 0 ? {} : { groups }
}
