import type { Dec } from '../kernel/money.ts'
import type { Reason, ReasonCode } from '../kernel/reason.ts'
import type { Settings, Values } from '../kernel/setting.ts'
import type { Sizing } from '../sizing/order.ts'

/** The numbers a rule used, by name, as text. */
export type Facts = Readonly<Record<string, string>>

/** A limit that allows the order up to a capacity. */
export interface Cap {
  readonly kind: 'cap'
  readonly unit: 'money' | 'fraction' | 'quantity'
  readonly limit: Dec
  /** Use of the limit without this order. */
  readonly before: Dec
  /** Use of the limit with `quantity` units of this order; rises with quantity. */
  useOf(quantity: Dec): Dec
  /** Largest quantity that keeps the limit, not yet on the lot grid. */
  readonly capacity: Dec
  readonly says: string
  readonly facts: Facts
}

/** What a ceiling says of this order: not limited by it, limited to a capacity, or nothing at all. */
export type Ceiling =
  | { readonly kind: 'open'; readonly says: string; readonly facts: Facts }
  | Cap
  | { readonly kind: 'veto'; readonly reason: Reason; readonly facts: Facts }

/** A multiplier on the proposal. */
export interface Factor {
  readonly value: Dec
  readonly says: string
  readonly facts: Facts
  /** Set where an input is missing or broken: the reason that names it instead of the rule's own code. */
  readonly fault?: Reason
}

/** A pre-trade check: it passes or blocks. */
export type GateVerdict =
  | { readonly passed: true; readonly says: string; readonly facts: Facts }
  | { readonly passed: false; readonly reason: Reason; readonly facts: Facts }

interface RuleOf<Evaluate> {
  readonly id: string
  readonly title: string
  /** Reason code where this rule binds. */
  readonly code: ReasonCode
  readonly says: string
  readonly settings: Settings
  readonly evaluate: Evaluate
}

/** A limit as a ceiling on quantity: one file in `ceilings/` and one line in the registry. */
export type CeilingRule = RuleOf<(sizing: Sizing, values: unknown) => Ceiling>
/** A multiplier that carries the trader's intent (`scalers/`) or a fear (`brakes/`, at most 1). `proposed` is the unbraked size in units. */
export type FactorRule = RuleOf<(sizing: Sizing, values: unknown, proposed: Dec) => Factor>
/** A pre-trade check in `gate/`. `quantity` is the rounded size. */
export type GateRule = RuleOf<(sizing: Sizing, quantity: Dec, values: unknown) => GateVerdict>

interface Declared<S extends Settings> {
  readonly id: string
  readonly title: string
  readonly code: ReasonCode
  readonly says: string
  readonly settings: S
}

// Safe casts: only `readProfile` makes the values, and it reads them with the rule's own settings.

/** Declares a ceiling. Pure; missing data is a veto, never an open ceiling. */
export function defineCeiling<const S extends Settings>(
  rule: Declared<S> & { evaluate(sizing: Sizing, values: Values<S>): Ceiling },
): CeilingRule {
  return { ...rule, evaluate: (sizing, values) => rule.evaluate(sizing, values as Values<S>) }
}

/** Declares a scaler or brake. Pure; missing data is the strictest factor, never 1. */
export function defineFactor<const S extends Settings>(
  rule: Declared<S> & { evaluate(sizing: Sizing, values: Values<S>, proposed: Dec): Factor },
): FactorRule {
  return { ...rule, evaluate: (sizing, values, proposed) => rule.evaluate(sizing, values as Values<S>, proposed) }
}

/** Declares a gate check. Pure; missing data blocks. */
export function defineGate<const S extends Settings>(
  rule: Declared<S> & { evaluate(sizing: Sizing, quantity: Dec, values: Values<S>): GateVerdict },
): GateRule {
  return { ...rule, evaluate: (sizing, quantity, values) => rule.evaluate(sizing, quantity, values as Values<S>) }
}

/** A ceiling that does not limit this order, and why. */
export const open = (says: string, facts: Facts = {}): Ceiling => ({ kind: 'open', says, facts })
/** A ceiling that allows nothing, and why. */
export const veto = (reason: Reason, facts: Facts = {}): Ceiling => ({ kind: 'veto', reason, facts })
/** A check that passed. */
export const pass = (says: string, facts: Facts = {}): GateVerdict => ({ passed: true, says, facts })
/** A check that blocks. */
export const block = (reason: Reason, facts: Facts = {}): GateVerdict => ({ passed: false, reason, facts })
