import { exchange } from './adapters/exchange.ts'
import { manual } from './adapters/manual.ts'
import { paper } from './adapters/paper.ts'

/** Every broker an order can go to. A new one is a file in `adapters/` and a line here. */
export const brokers = { exchange, manual, paper } as const

/** The file name of a broker's adapter. */
export type BrokerId = keyof typeof brokers
