import { describe, expect, it } from 'vitest'
import { hold, paperRoom, share, tradingRoom } from './trading-room.ts'

const ORDER = { symbol: 'AAPL', side: 'buy', entry: '200', stop: '190', target: '220' } as const

async function roomWithApple() {
  const room = await paperRoom('100000')
  await room.calls.market.saveInstrument(share('AAPL'))
  await room.calls.market.typePrice({ symbol: 'AAPL', price: '200' })
  hold(room, 'HELD', '50', '100', null, '95')
  return room
}

describe('asking what would allow a quantity', () => {
  it('answers what previewing with the answer then gives, and writes nothing', async () => {
    const { calls, book } = await roomWithApple()
    const before = book().head()
    const { answers, allowed, limits } = await calls.whatIf.invert({ request: ORDER, quantity: '150' })
    expect(allowed).toBe(false)
    const of = (unknown: string) => answers.find((answer) => answer.unknown === unknown)
    for (const field of ['stop', 'entry', 'risk'] as const) {
      const answer = of(field)
      expect(answer?.kind).toBe('found')
      const preview = (value: string | undefined) => calls.sizing.preview({ request: { ...ORDER, [field]: value } })
      expect(Number((await preview(answer?.value ?? undefined)).quantity)).toBeGreaterThanOrEqual(150)
      expect(Number((await preview(answer?.beyond?.value)).quantity)).toBeLessThan(150)
    }
    await calls.account.addCashFlow({ kind: 'deposit', amount: of('equity')?.change ?? '0', note: null })
    expect((await calls.sizing.preview({ request: ORDER })).quantity).toBe('150')
    expect(limits).toEqual([])
    expect(book().head().seq - before.seq).toBe(1)
  })

  it('names the settings to move, and moving them in the profile does it', async () => {
    const { calls } = await roomWithApple()
    const request = { ...ORDER, quantity: '400' }
    const { limits, moved } = await calls.whatIf.invert({ request, quantity: '400', through: 'typed' })
    expect(limits.length).toBeGreaterThan(0)
    expect(moved.enough).toBe(true)
    const changes = limits.flatMap(({ setting }) =>
      setting === null ? [] : [{ path: setting.path, value: setting.to }],
    )
    await calls.profile.change({ changes })
    expect((await calls.sizing.preview({ request })).quantity).toBe('400')
  })

  it('refuses a quantity off the lot by its name', async () => {
    const { calls } = await roomWithApple()
    await expect(calls.whatIf.invert({ request: ORDER, quantity: '1.5' })).rejects.toMatchObject({
      code: 'REFUSED',
      data: { code: 'INPUT_OUT_OF_RANGE', field: 'quantity' },
    })
  })
})

describe('comparing methods', () => {
  it('equals previewing the order with each of them', { timeout: 60_000 }, async () => {
    const { calls } = tradingRoom()
    await calls.books.create({ from: 'sample' })
    const request = { symbol: 'AAPL', side: 'buy', entry: 'market', stop: '210' }
    const { rows, chosen } = await calls.whatIf.compare({ request })
    expect(chosen).toBe('fixed_risk')
    expect(rows.map(({ method }) => method)).toEqual((await calls.sizing.methods()).map(({ id }) => id))
    expect(rows.filter(({ proposal }) => proposal !== null).length).toBeGreaterThan(10)
    for (const row of rows) {
      const own = await calls.sizing.preview({ request: { ...request, method: row.method } })
      expect(row).toMatchObject({
        proposal: own.proposed,
        quantity: own.quantity,
        reasons: own.reasons,
        says: own.says,
      })
    }
  })
})

describe('a what-if on a stored decision', () => {
  it(
    'gives the stored bytes again without changes, from every decision of the sample',
    { timeout: 60_000 },
    async () => {
      const { calls, workspace } = tradingRoom()
      await calls.books.create({ from: 'sample' })
      await calls.sizing.decide({ request: { symbol: 'AAPL', side: 'buy', entry: 'market', stop: '210' } })
      await calls.sizing.decide({
        request: { symbol: 'AAPL', side: 'buy', method: 'kelly_trades', entry: 'market', stop: '210' },
      })
      await calls.sizing.decide({ request: { symbol: 'NVDA', side: 'sell', entry: 'market' } })
      await calls.sizing.decide({ request: { symbol: 'NONE', side: 'buy', entry: '1' } })
      const { rows } = await calls.decisions.list({})
      expect(rows.length).toBeGreaterThanOrEqual(4)
      for (const { decisionId } of rows) {
        const { whatIf, steps, ladder, mark } = await calls.whatIf.decide({ decisionId, changes: [] })
        const recorded = workspace.book.decision(decisionId)
        expect(mark).toBe('WHAT-IF')
        expect(whatIf).toEqual(recorded?.body)
        expect([...steps, ...ladder].filter(({ changed }) => changed)).toEqual([])
      }
    },
  )

  it('shows both sides and records nothing', async () => {
    const { calls, book } = await roomWithApple()
    const { decisionId, quantity } = await calls.sizing.decide({ request: ORDER })
    const head = book().head()
    const inputs = await calls.whatIf.inputs({ decisionId })
    expect(inputs.find(({ path }) => path === 'request.stop')).toEqual({
      path: 'request.stop',
      group: 'Order',
      title: 'Stop',
      kind: 'text',
      value: '190',
    })
    const answer = await calls.whatIf.decide({ decisionId, changes: [{ path: 'request.stop', value: '195' }] })
    expect([answer.stored.quantity, answer.whatIf.quantity]).toEqual([quantity, '200'])
    expect(answer.changes).toEqual([{ path: 'request.stop', group: 'Order', title: 'Stop', from: '190', to: '195' }])
    expect(answer.steps.filter(({ changed }) => changed).length).toBeGreaterThan(2)
    expect(book().head()).toEqual(head)
    expect((await calls.decisions.list({})).total).toBe(1)
  })

  it('stays what it was when prices, positions and profile have moved on', async () => {
    const room = await roomWithApple()
    const { calls } = room
    const { decisionId } = await calls.sizing.decide({ request: ORDER })
    await calls.profile.change({ changes: [{ path: 'methods.fixed_risk.risk', value: '0.002' }] })
    room.clock.now += 60_000
    await calls.market.typePrice({ symbol: 'AAPL', price: '150' })
    hold(room, 'MORE', '10', '100')
    const { whatIf, stored } = await calls.whatIf.decide({ decisionId, changes: [] })
    expect(whatIf).toEqual(stored)
  })

  it('refuses a decision that is not there and an input that is none', async () => {
    const { calls } = await roomWithApple()
    const { decisionId } = await calls.sizing.decide({ request: ORDER })
    const refused = (code: string, field: string) => ({ code: 'REFUSED', data: { code, field } })
    await expect(calls.whatIf.inputs({ decisionId: 'none' })).rejects.toMatchObject(refused('NOT_FOUND', 'decisionId'))
    await expect(
      calls.whatIf.decide({ decisionId, changes: [{ path: 'inputs.at', value: '1' }] }),
    ).rejects.toMatchObject(refused('INPUT_OUT_OF_RANGE', 'inputs.at'))
  })
})
