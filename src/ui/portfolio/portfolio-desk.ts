import type { DeskClient } from '../rpc.ts'

/** What weighing, planning and baskets need of the desk; the client is asked for anew because a line may have been reopened. */
export interface PortfolioDesk {
  readonly client: Pick<DeskClient, 'portfolio'>
}
