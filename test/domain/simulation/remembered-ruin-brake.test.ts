import { describe, expect, it } from 'vitest'
import { rememberedRuinBrake } from '../../../src/domain/simulation/remembered-ruin-brake.ts'
import { RUIN_BRAKE, ruinBrake } from '../../../src/domain/simulation/ruin-brake.ts'

const SETTINGS = { ...RUIN_BRAKE, paths: 500, trades: 20 }
const coin = { kind: 'winloss', winProbability: 0.45, payoff: 1 } as const

describe('the remembered answer of the ruin brake', () => {
  it('is the answer itself, and the same one when asked again', () => {
    const first = rememberedRuinBrake(0.2, coin, SETTINGS)
    expect(first).toEqual(ruinBrake(0.2, coin, SETTINGS))
    expect(rememberedRuinBrake(0.2, { ...coin }, { ...SETTINGS })).toBe(first)
  })

  it.each([
    ['risk', 0.21, coin, SETTINGS],
    ['win rate', 0.2, { ...coin, winProbability: 0.46 }, SETTINGS],
    ['floor', 0.2, coin, { ...SETTINGS, floor: 0.6 }],
    ['limit', 0.2, coin, { ...SETTINGS, mostRuin: 0.05 }],
    ['record', 0.2, { kind: 'bootstrap', returns: [1, -1, -1.2] } as const, SETTINGS],
  ])('is another for another %s', (_, risk, model, settings) => {
    rememberedRuinBrake(0.2, coin, SETTINGS)
    expect(rememberedRuinBrake(risk, model, settings)).toEqual(ruinBrake(risk, model, settings))
    expect(rememberedRuinBrake(risk, model, settings)).not.toEqual(rememberedRuinBrake(0.2, coin, SETTINGS))
  })

  it('does not outlive a record that is written over in place', () => {
    const returns = [1, 1, -1, -1.2]
    const before = rememberedRuinBrake(0.2, { kind: 'bootstrap', returns }, SETTINGS)
    returns[3] = -3
    const after = rememberedRuinBrake(0.2, { kind: 'bootstrap', returns }, SETTINGS)
    expect(after).not.toEqual(before)
    expect(after).toEqual(ruinBrake(0.2, { kind: 'bootstrap', returns }, SETTINGS))
    returns.push(2)
    expect(rememberedRuinBrake(0.2, { kind: 'bootstrap', returns }, SETTINGS)).not.toBe(after)
  })

  it('is forgotten once many others were asked for', () => {
    const first = rememberedRuinBrake(0.2, coin, { ...SETTINGS, paths: 10 })
    for (let other = 0; other < 64; other++)
      rememberedRuinBrake(0.001 + other / 1_000, coin, { ...SETTINGS, paths: 10 })
    const again = rememberedRuinBrake(0.2, coin, { ...SETTINGS, paths: 10 })
    expect(again).not.toBe(first)
    expect(again).toEqual(first)
  })
})
