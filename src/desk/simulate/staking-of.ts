import type { StakingInput } from '../../contract/simulation/input.ts'
import type { StakingView } from '../../contract/simulation/result.ts'
import { fromFloat, sayPercent } from '../../domain/kernel/money.ts'
import type { Profile } from '../../domain/profile.ts'
import { fullKelly } from '../../domain/simulation/full-kelly.ts'
import type { Staking } from '../../domain/simulation/model.ts'
import type { Method } from '../../domain/sizing/method.ts'
import { methodById } from '../../domain/sizing/registry.ts'
import type { Proposal } from '../../domain/sizing/order.ts'
import { DeskRefusal } from '../refusal.ts'
import type { Workspace } from '../workspace.ts'
import { methodStake, STEPS_A_YEAR } from './method-stake.ts'
import type { AskedModel } from './model-of.ts'
import { profileAtHand } from './profile-at-hand.ts'
import { figure } from './read-figures.ts'

/** A staking rule as the simulation takes it, and what it came to in a sentence. */
export interface AskedStaking {
  readonly staking: Staking
  readonly view: StakingView
}

const TITLES: Readonly<Record<Staking['method'], string>> = {
  fixed_fraction: 'Fixed fraction',
  kelly: 'Share of Kelly',
  fixed_amount: 'Fixed amount',
  anti_martingale: 'Anti-martingale',
  drawdown_throttle: 'Drawdown throttle',
}

/** Reads a staking rule; a sizing method is asked what it proposes where the model is all that is known. */
export function stakingOf(
  workspace: Workspace,
  asked: StakingInput,
  model: AskedModel,
  cost: number,
  field = 'staking',
): AskedStaking {
  const { method } = asked
  if (isRule(method) && (method !== 'fixed_fraction' || asked.fraction !== undefined)) {
    const staking = ruleOf(method, asked, field)
    return { staking, view: ruleView(staking, model, cost) }
  }
  return byMethod(workspace, asked, model, field)
}

function isRule(method: string): method is Staking['method'] {
  return Object.hasOwn(TITLES, method)
}

function ruleOf(method: Staking['method'], asked: StakingInput, field: string): Staking {
  const fraction = figure(asked.fraction, `${field}.fraction`, { above: 0, to: 1000 })
  switch (method) {
    case 'anti_martingale':
      return {
        method,
        fraction,
        step: figure(asked.step, `${field}.step`, { from: 1, to: 100 }),
        cap: figure(asked.cap, `${field}.cap`, { from: fraction, to: 1000 }),
      }
    case 'drawdown_throttle':
      return {
        method,
        fraction,
        drawdownLimit: figure(asked.drawdownLimit, `${field}.drawdownLimit`, { above: 0, below: 1 }),
        factor: figure(asked.factor, `${field}.factor`, { from: 1, to: 1000 }),
      }
    case 'fixed_fraction':
    case 'fixed_amount':
    case 'kelly':
      return { method, fraction }
  }
}

function ruleView(staking: Staking, { model, outcomes }: AskedModel, cost: number): StakingView {
  const notion = outcomes === 'r' ? 'risk' : 'weight'
  const what = outcomes === 'r' ? 'lost at −1 R (a risk fraction)' : 'held in the portfolio (a notional weight)'
  const { method, fraction } = staking
  const view = { method, title: TITLES[method], notion } as const
  const share = percent(fraction)
  switch (staking.method) {
    case 'fixed_fraction':
      return { ...view, fraction, says: `${share} of present equity is ${what}.` }
    case 'kelly': {
      const full = fullKelly(model, cost)
      const came = full === undefined ? fraction : fraction * full
      const says = `${plain(fraction)} of full Kelly ${full === undefined ? '' : `(${percent(full)}) `}is ${percent(came)} of present equity, ${what}.`
      return { ...view, fraction: came, says }
    }
    case 'fixed_amount':
      return { ...view, fraction, says: `The same amount every time, ${share} of the starting equity, ${what}.` }
    case 'anti_martingale': {
      const says = `${share} of present equity is ${what}; × ${plain(staking.step)} after each win in a row, at most ${percent(staking.cap)}.`
      return { ...view, fraction, says }
    }
    case 'drawdown_throttle': {
      const says = `${share} of present equity is ${what} at the peak, falling to 1/${plain(staking.factor)} of it at a drawdown of ${percent(staking.drawdownLimit)}; nothing beyond.`
      return { ...view, fraction, says }
    }
  }
}

function byMethod(workspace: Workspace, asked: StakingInput, model: AskedModel, field: string): AskedStaking {
  const method = methodById(asked.method)
  if (method === undefined) {
    const says = `${asked.method} is no staking rule (${Object.keys(TITLES).join(', ')}) and no sizing method.`
    throw new DeskRefusal('INPUT_OUT_OF_RANGE', says, `${field}.method`)
  }
  const stop = asked.stop === undefined ? undefined : figure(asked.stop, `${field}.stop`, { above: 0, below: 1 })
  const profile = withFraction(profileAtHand(workspace), asked, field)
  const proposal = proposed(method, profile, model, stop ?? USUAL_STOP, field)
  const { fraction, notion, says } = shareOf(proposal, model, stop, method.title, field)
  if (!(fraction > 0)) {
    throw new DeskRefusal('NO_EDGE', `${method.title} stakes nothing here: ${proposal.says}`, `${field}.method`)
  }
  return {
    staking: { method: 'fixed_fraction', fraction },
    view: { method: method.id, title: method.title, fraction, notion, says: `${proposal.says} ${says}` },
  }
}

function proposed(method: Method, profile: Profile, { model }: AskedModel, stop: number, field: string): Proposal {
  try {
    return methodStake(method, profile, model, stop)
  } catch (error) {
    if (!(error instanceof DeskRefusal)) throw error
    const says = `${method.title} stakes nothing on this model: ${error.message}`
    throw new DeskRefusal(error.code, says, `${field}.method`)
  }
}

/** Distance of the stop where none is given: it changes nothing but what a weight risks, which is then not asked. */
const USUAL_STOP = 0.01

function shareOf(
  proposal: Proposal,
  { outcomes }: AskedModel,
  stop: number | undefined,
  title: string,
  field: string,
): { readonly fraction: number; readonly notion: StakingView['notion']; readonly says: string } {
  if (proposal.kind === 'quantity') {
    const says = `${title} trades a set number of units, which is no share of equity: stake a fixed_amount instead.`
    throw new DeskRefusal('UNIT_MISMATCH', says, `${field}.method`)
  }
  const proposed = proposal.kind === 'risk' ? proposal.fraction.toNumber() : proposal.weight.toNumber()
  if (outcomes === 'r' && proposal.kind === 'risk')
    return { fraction: proposed, notion: 'risk', says: 'It is simulated as a risk fraction, lost at −1 R.' }
  if (outcomes === 'return' && proposal.kind === 'weight') {
    const says = `It is simulated as a notional weight; one step is one of ${STEPS_A_YEAR} days of a year.`
    return { fraction: proposed, notion: 'weight', says }
  }
  if (stop === undefined) {
    const says =
      outcomes === 'r'
        ? `${title} proposes a position value and the outcomes are in R: give the distance of the stop as a share of the price.`
        : `${title} proposes a loss at the stop and the outcomes are returns: give the distance of the stop as a share of the price.`
    throw new DeskRefusal('INPUT_MISSING', says, `${field}.stop`)
  }
  return outcomes === 'r'
    ? {
        fraction: proposed * stop,
        notion: 'risk',
        says: `With a stop ${percent(stop)} away that weight is a risk fraction of ${percent(proposed * stop)}, which is simulated.`,
      }
    : {
        fraction: proposed / stop,
        notion: 'weight',
        says: `With a stop ${percent(stop)} away that risk is a notional weight of ${percent(proposed / stop)}, which is simulated.`,
      }
}

/** The profile with the fraction that was asked for in place of the method's own. */
function withFraction(profile: Profile, { method, fraction }: StakingInput, field: string): Profile {
  if (fraction === undefined) return profile
  const own = profile.methods.get(method) as Readonly<Record<string, unknown>> | undefined
  const key = ['fraction', 'risk', 'target'].find((name) => own !== undefined && name in own)
  if (key === undefined) {
    throw new DeskRefusal('UNIT_MISMATCH', `${method} has no fraction to set: leave it out.`, `${field}.fraction`)
  }
  const share = fromFloat(figure(fraction, `${field}.fraction`, { above: 0, to: 4 }))
  return { ...profile, methods: new Map([...profile.methods, [method, { ...own, [key]: share }]]) }
}

function percent(share: number): string {
  return sayPercent(fromFloat(share))
}

function plain(value: number): string {
  return String(Number(value.toPrecision(4)))
}
