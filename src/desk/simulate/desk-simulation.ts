import type { Desk } from '../desk.ts'
import type { Workspace } from '../workspace.ts'
import { readyCurve } from './kelly-curve.ts'
import { dropScenario, keptRun, listRuns, listScenarios, saveScenario } from './kept-runs.ts'
import { runLabOn } from './lab.ts'
import { answerOf, messagesOf } from './messages.ts'
import { readyOdds } from './odds.ts'
import { readyComparison, readyRun } from './run-policy.ts'
import { mergeShards, runShard } from './shards.ts'
import { tradeSource } from './trade-source.ts'

/** The simulation calls of the desk. Whatever is wrong with what was asked is refused before anything begins. */
export function openSimulation(workspace: Workspace): Desk['simulation'] {
  return {
    run: (input, signal) => messagesOf(workspace, signal, readyRun(workspace, input)),
    compare: (input, signal) => messagesOf(workspace, signal, readyComparison(workspace, input)),
    curve: (input, signal) => messagesOf(workspace, signal, readyCurve(workspace, input)),
    propFirm: (input, signal) => messagesOf(workspace, signal, readyOdds(workspace, input)),
    runOnce: (input, signal) => answerOf(signal, readyRun(workspace, input)),
    curveOnce: (input, signal) => answerOf(signal, readyCurve(workspace, input)),
    propFirmOnce: (input, signal) => answerOf(signal, readyOdds(workspace, input)),
    lab: (input) => runLabOn(workspace, input),
    source: (wanted) => tradeSource(workspace, wanted),
    shard: (wanted, signal) => runShard(workspace, wanted, signal),
    merge: (joined, signal) => mergeShards(workspace, joined, signal),
    records: () => listRuns(workspace),
    record: ({ recordId }) => keptRun(workspace, recordId),
    scenarios: () => listScenarios(workspace),
    saveScenario: (scenario) => saveScenario(workspace, scenario),
    dropScenario: ({ name }) => dropScenario(workspace, name),
  }
}
