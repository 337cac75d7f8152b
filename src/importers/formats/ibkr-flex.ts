import type { InstrumentSpec } from '../../domain/inputs.ts'
import { ok, type Result } from '../../domain/kernel/result.ts'
import { assumedInstrument } from '../assumed-instrument.ts'
import { decodeText } from '../decode-text.ts'
import { finishedReading } from '../finished-reading.ts'
import { gatherFlex, type GatheredFlex } from '../flex/flex-gather.ts'
import type { FlexClock } from '../flex/flex-row.ts'
import { applyCancellations } from '../flex/flex-trades.ts'
import { readFlexXml, type FlexElement } from '../flex/flex-xml.ts'
import type { ImportFormat, ImportReading, ImportSettings, ReadingContext, Recognition, SourceFile } from '../format.ts'
import { orderEvidence, type DateOrder } from '../moment-text.ts'
import { clip, ReadingLog } from '../reading-log.ts'
import { notMine } from '../seen-columns.ts'
import { isTimeZone, ZoneTime } from '../zone-time.ts'

/** Flex statements state no zone; they are written in the time of the exchange's home unless the query says otherwise. */
const USUAL_ZONE = 'America/New_York'

/** Interactive Brokers' Flex statements in XML: executions, cash, prices, rates and contract specifications. */
export const ibkrFlex: ImportFormat = {
  id: 'ibkr-flex',
  title: 'Interactive Brokers Flex statement (XML)',
  kinds: ['fills', 'cashFlows', 'marks', 'rates'],
  found: 'IBKR Portal: Performance & Reports, Flex Queries, run an activity query with format XML.',
  roles: [],
  recognise,
  read,
}

function recognise(file: SourceFile): Recognition {
  const decoded = decodeText(file)
  if (!decoded.ok) return notMine(decoded.error)
  const start = decoded.value.text.slice(0, 4000)
  if (!/<Flex(?:QueryResponse|StatementResponse)\b/.test(start)) {
    if (!start.trimStart().startsWith('<')) return notMine('This is not XML.')
    const claims = /\.xml$/i.test(file.name)
    // An .xml that is nothing else is read as this, so that its fault can be told in a sentence.
    return { ...notMine('This does not look like a Flex statement.'), confidence: claims ? 0.01 : 0 }
  }
  return { ...notMine('IBKR Flex statement.'), confidence: 0.99, settings: {} }
}

function read(file: SourceFile, settings: ImportSettings, context: ReadingContext): Result<ImportReading, string> {
  const parsed = readFlexXml(file, settings.encoding, context.tell)
  if (!parsed.ok) return parsed
  const log = new ReadingLog()
  const elements = ofOneAccount(parsed.value, settings, log)
  const zone = zoneOf(settings, log)
  const order = settings.dateOrder ?? dateOrder(elements, log)
  const clock: FlexClock = { zone: new ZoneTime(zone), order, now: context.now }
  const into = gatherFlex(elements, clock, log)
  const { fills, cancelled } = applyCancellations(into.trades, log)
  const baseCurrency = baseCurrencyOf(elements)
  return ok(
    finishedReading({
      title: ibkrFlex.title,
      settings: { ...settings, timeZone: zone, dateOrder: order },
      rows: into.rows,
      log,
      baseCurrency,
      fills,
      cancelled,
      cashFlows: into.cashFlows,
      marks: into.marks,
      rates: into.rates,
      instruments: instrumentsOf(into),
      statement: into.totals.finish(baseCurrency),
    }),
  )
}

/** Specifications by symbol: the statement's own list first, else what its trades say. */
function instrumentsOf(into: GatheredFlex): readonly InstrumentSpec[] {
  const bySymbol = Map.groupBy(into.trades, (trade) => trade.said.symbol)
  const symbols = [...new Set([...into.said.keys(), ...bySymbol.keys()])]
  return symbols.flatMap((symbol) => {
    const trades = bySymbol.get(symbol) ?? []
    const said = into.said.get(symbol) ?? trades[0]?.said
    const quantities = trades.map((trade) => trade.fill.quantity)
    return said === undefined ? [] : [assumedInstrument({ ...said, quantities }, 'IBKR Flex statement')]
  })
}

/** Statements of several accounts are told apart by the user. */
function ofOneAccount(
  elements: readonly FlexElement[],
  settings: ImportSettings,
  log: ReadingLog,
): readonly FlexElement[] {
  const accounts = [
    ...new Set(elements.filter((element) => element.name === 'FlexStatement').map((element) => element.account)),
  ]
  const wanted = settings.sourceAccount ?? accounts[0]
  if (accounts.length > 1 && settings.sourceAccount === undefined) {
    log.question({
      line: 0,
      says: `The file holds statements of ${accounts.length} accounts.`,
      proposal: 'Choose the one to import into this account.',
      setting: 'sourceAccount',
      choices: accounts.slice(0, 50),
    })
  }
  return accounts.length > 1 || settings.sourceAccount !== undefined
    ? elements.filter((element) => element.account === wanted)
    : elements
}

function zoneOf(settings: ImportSettings, log: ReadingLog): string {
  if (settings.timeZone !== undefined && isTimeZone(settings.timeZone)) return settings.timeZone
  log.warn({
    line: 0,
    says: `Flex statements state no zone; times are read as ${USUAL_ZONE}, which is usual.`,
    proposal: 'Choose another zone if the query was set to one.',
    setting: 'timeZone',
    choices: [USUAL_ZONE, 'UTC'],
  })
  return USUAL_ZONE
}

function dateOrder(elements: readonly FlexElement[], log: ReadingLog): DateOrder {
  const seen = new Set<string>()
  let example = ''
  for (const { attributes } of elements) {
    for (const name of ['dateTime', 'tradeDate', 'reportDate', 'date']) {
      const cell = attributes[name] ?? ''
      const evidence = cell === '' ? 'fixed' : orderEvidence(cell)
      if (evidence === 'either') example = cell
      seen.add(evidence)
    }
  }
  if (seen.has('dmy') !== seen.has('mdy')) return seen.has('dmy') ? 'dmy' : 'mdy'
  if (!seen.has('either') && !seen.has('dmy')) return 'ymd'
  log.question({
    line: 0,
    value: example,
    says: `Dates such as "${clip(example)}" may be day first or month first.`,
    proposal: 'Choose the order that the Flex query is set to.',
    setting: 'dateOrder',
    choices: ['dmy', 'mdy'],
  })
  return 'dmy'
}

/** The account's own currency: as stated, else the one that rates lead to, else that of a row whose rate to it is 1. */
function baseCurrencyOf(elements: readonly FlexElement[]): string | null {
  const stated = elements.find((element) => element.name === 'AccountInformation')?.attributes['currency']
  if (stated !== undefined && stated !== '') return stated
  const targets = new Set(
    elements.flatMap((element) => (element.name === 'ConversionRate' ? [element.attributes['toCurrency'] ?? ''] : [])),
  )
  const [only] = targets
  if (targets.size === 1 && only !== undefined && only !== '') return only
  return elements.find((element) => element.attributes['fxRateToBase'] === '1')?.attributes['currency'] ?? null
}
