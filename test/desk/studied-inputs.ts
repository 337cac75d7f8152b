import { expect } from 'vitest'
import type { DecisionInputs } from '../../src/domain/inputs.ts'
import type { TradingRoom } from './trading-room.ts'

/** The order whose snapshot is looked at. */
export const STUDIED_ORDER = { symbol: 'ABC', side: 'buy', strategy: 'swing', entry: '100', stop: '95' } as const

/** What a decision of this order by this method looked at, out of the stored record. */
export async function inputsOf(room: TradingRoom, method?: string, asOf?: number): Promise<DecisionInputs> {
  const { decisionId } = await room.calls.sizing.decide({
    request: { ...STUDIED_ORDER, ...(method === undefined ? {} : { method }) },
    ...(asOf === undefined ? {} : { asOf }),
  })
  const replayed = await room.calls.decisions.replay({ decisionId })
  expect(replayed).toMatchObject({ identical: true, differences: [] })
  const inputs = room.book().decision(decisionId)?.inputs
  expect(inputs).toBeDefined()
  return inputs as DecisionInputs
}
