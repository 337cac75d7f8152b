import { eventIterator } from '@orpc/contract'
import * as z from 'zod'
import { DecimalText, Name } from './primitives.ts'
import { refusable } from './refusal.ts'
import { CompareInput, CurveInput, RunInput, TradesWanted } from './simulation/input.ts'
import { RunRecord, RunRecordRow, Scenario, ScenarioInput, SourceView } from './simulation/kept.ts'
import { LabInput, LabResult } from './simulation/lab.ts'
import { OddsInput, OddsResult } from './simulation/odds.ts'
import { CompareResult, CurveResult, messageOf, RunResult } from './simulation/result.ts'

const Named = z.object({ name: Name }).strict()
/** A part of a run as base64. */
const Part = z.string().min(1).max(400_000_000)
const Sharded = z
  .object({ run: RunInput, shard: z.number().int().min(1).max(100_000), shards: z.number().int().min(1).max(100_000) })
  .strict()

/**
 * Monte Carlo, odds of a prop firm, and the sizing lab. The four streams tell their progress and then exactly one result;
 * whoever leaves the stream or aborts the call cancels it. Nothing unfinished is ever sent as a result.
 */
export const simulation = {
  run: refusable.input(RunInput).output(eventIterator(messageOf(RunResult))),
  compare: refusable.input(CompareInput).output(eventIterator(messageOf(CompareResult))),
  curve: refusable.input(CurveInput).output(eventIterator(messageOf(CurveResult))),
  propFirm: refusable.input(OddsInput).output(eventIterator(messageOf(OddsResult))),
  /** The same in one answer, without progress. */
  runOnce: refusable
    .route({ method: 'POST', path: '/simulation/run', summary: 'Simulate a staking policy' })
    .input(RunInput)
    .output(RunResult),
  curveOnce: refusable
    .route({ method: 'POST', path: '/simulation/curve', summary: 'Growth and ruin against the staked fraction' })
    .input(CurveInput)
    .output(CurveResult),
  propFirmOnce: refusable
    .route({ method: 'POST', path: '/simulation/prop-firm', summary: 'Odds of a challenge, with and without an order' })
    .input(OddsInput)
    .output(OddsResult),
  lab: refusable
    .route({ method: 'POST', path: '/simulation/lab', summary: 'Compare sizing methods on one history' })
    .input(LabInput)
    .output(LabResult),
  /** The closed trades a simulation can draw from. */
  source: refusable.input(TradesWanted.optional()).output(SourceView),
  /** Runs one shard of a run, to be merged with the others: the same whole on any machines. */
  shard: refusable
    .input(Sharded)
    .output(z.object({ first: z.number().int(), count: z.number().int(), part: Part }).strict()),
  /** Joins shards; a part does not know the equity at the start, 1 where left out. */
  merge: refusable
    .input(z.object({ parts: z.array(Part).min(1).max(100_000), startingEquity: DecimalText.optional() }).strict())
    .output(RunResult),
  /** Runs kept in the book, newest first. */
  records: refusable.output(z.array(RunRecordRow)),
  record: refusable.input(z.object({ recordId: Name }).strict()).output(RunRecord),
  scenarios: refusable.output(z.array(Scenario)),
  /** Keeps a scenario; one of the same name is replaced. */
  saveScenario: refusable.input(ScenarioInput).output(Scenario),
  dropScenario: refusable.input(Named).output(z.null()),
}
