import { describe, expect, it } from 'vitest'
import { OneAtATime } from '../../../src/ui/kit/one-at-a-time.ts'

function handAnswered() {
  const answers: (() => void)[] = []
  const taken: number[] = []
  let asked = 0
  const questions = new OneAtATime(async (isWanted) => {
    const number = (asked += 1)
    await new Promise<void>((resolve) => answers.push(resolve))
    if (isWanted()) taken.push(number)
  })
  return { questions, answers, taken, asked: () => asked }
}

describe('questions one at a time', () => {
  it('are asked once more for all that came meanwhile, and each answer is taken', async () => {
    const { questions, answers, taken, asked } = handAnswered()
    const first = questions.ask()
    const later = [questions.ask(), questions.ask(), questions.ask()]
    expect(asked()).toBe(1)
    answers[0]?.()
    await first
    expect(taken).toEqual([1])
    await Promise.resolve()
    expect(asked()).toBe(2)
    answers[1]?.()
    await Promise.all(later)
    expect([taken, asked()]).toEqual([[1, 2], 2])
  })

  it('of something else are dropped when their answer comes', async () => {
    const { questions, answers, taken } = handAnswered()
    const first = questions.ask()
    questions.drop()
    const second = questions.ask()
    answers[0]?.()
    await first
    await Promise.resolve()
    answers[1]?.()
    await second
    expect(taken).toEqual([2])
  })

  it('go on after one that failed', async () => {
    let asked = 0
    const questions = new OneAtATime(() => ((asked += 1) === 1 ? Promise.reject(new Error('no')) : Promise.resolve()))
    const first = questions.ask()
    const second = questions.ask()
    await expect(first).rejects.toThrow('no')
    await second
    expect(asked).toBe(2)
  })
})
