import type { AuditRow } from './ports.ts'

type Body = Readonly<Record<string, unknown>>

/** One line for a person about a row of the audit log; a row of a kind not known here says so with its own words. */
export function auditSentence(row: AuditRow): string {
  const body = JSON.parse(row.body) as Body
  const own = body['says']
  if (typeof own === 'string') return own
  const word = (key: string): string => {
    const value = body[key]
    return typeof value === 'string' ? value : ''
  }
  switch (row.kind) {
    case 'decision':
      return decided(body)
    case 'book':
      return `The book ${word('name')} is opened: ${word('kind')}.`
    case 'profile':
      return `Profile ${word('name')}, version ${word('version')}, is ${body['inForce'] === false ? 'kept for replay' : 'in force'}.`
    case 'account':
      return `Account ${word('name')}: ${word('currency')}, day from ${word('dayRoll')} ${word('timeZone')}, ${body['enabled'] === true ? 'enabled' : 'switched off'}.`
    case 'instrument':
      return `Instrument ${word('symbol')} is saved: tick ${word('tickSize')}, lot ${word('lotStep')}, point value ${word('pointValue')} ${word('currency')}.`
    case 'strategy':
      return `Strategy ${word('code')} is saved${word('budget') === '' ? '' : `: budget ${word('budget')} of equity`}.`
    case 'cash-flow':
      return `Cash flow (${word('kind')}): ${word('amount')} ${word('currency')}.`
    case 'fill':
      return `Fill: ${word('side')} ${word('quantity')} ${word('symbol')} at ${word('price')}.`
    case 'price':
      return `Price of ${word('symbol')}: ${word('price')} (${word('source')}).`
    case 'import':
      return `Import of ${word('fileName')} (${word('format')}).`
    case 'import-undo':
      return `Import ${word('batchId')} is undone.`
    case 'order':
      return 'Orders changed.'
    case 'state':
    case 'limit':
    case 'override':
      return `${row.kind}: ${word('key')} is now ${word('value')}.`
  }
}

function decided(body: Body): string {
  const answer = body['body']
  const says = typeof answer === 'object' && answer !== null ? (answer as Body)['says'] : undefined
  return typeof says === 'string' ? says : 'A decision.'
}
