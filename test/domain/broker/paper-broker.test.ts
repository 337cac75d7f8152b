import { describe, expect, it } from 'vitest'
import { share } from '../../support/sizing-fixtures.ts'
import { PaperRoom } from './paper-room.ts'

describe('the paper broker', () => {
  it('fills a market order at the touch of the newest quote, or at the next where there is none', () => {
    const room = new PaperRoom()
    expect(room.submit()).toEqual(['a accepted'])
    expect(room.quote(99.99, 100.01)).toEqual(['a buy 100 @ 100.01'])
    expect(room.exit({ clientId: 'b' })).toEqual(['b accepted', 'b sell 100 @ 99.99'])
    expect(room.equity).toBe('99998')
  })

  it('fills a limit at its price as a bar passes it, and better where it gaps', () => {
    const room = new PaperRoom()
    room.quote(101)
    room.submit({ kind: 'limit', limit: '100' })
    expect(room.quote(100.01)).toEqual([])
    expect(room.bar(100.5, 101, 99, 100)).toEqual(['a buy 100 @ 100'])
    room.submit({ clientId: 'b', kind: 'limit', limit: '99' })
    expect(room.bar(98, 99, 97, 98)).toEqual(['b buy 100 @ 98'])
  })

  it('fills a stop at its trigger as a bar passes it, and at the open beyond it where it gaps', () => {
    const room = new PaperRoom()
    room.quote(100)
    room.submit()
    room.exit({ clientId: 'b', kind: 'stop', trigger: '95', quantity: '50' })
    room.exit({ clientId: 'c', kind: 'stop', trigger: '92', quantity: '50' })
    expect(room.bar(99, 100, 94, 97)).toEqual(['b sell 50 @ 95'])
    expect(room.bar(90, 93, 89, 92)).toEqual(['c sell 50 @ 90'])
  })

  it('fills a stop-limit only inside its limit', () => {
    const room = new PaperRoom()
    room.quote(100)
    room.submit({ kind: 'stop-limit', trigger: '101', limit: '102' })
    expect(room.bar(103, 104, 102.5, 103)).toEqual([])
    expect(room.bar(103, 103, 101, 101)).toEqual(['a buy 100 @ 102'])
    room.submit({ clientId: 'b', kind: 'stop-limit', trigger: '103', limit: '104' })
    expect(room.bar(102, 103.5, 101, 102)).toEqual(['b buy 100 @ 103'])
  })

  it('takes the worst path of a bar: where stop and target are both inside, the stop is hit', () => {
    const room = new PaperRoom()
    room.quote(100)
    room.submit({ protect: { stop: '95', target: '105' } })
    expect(room.broker.orderOfExtremes('ACME')).toBe('low-first')
    expect(room.bar(100, 106, 94, 100)).toEqual(['a.stop sell 100 @ 95', 'a.target cancelled'])
    expect(room.held).toBe('')
  })

  it('stops out an entry in the bar that fills it', () => {
    const room = new PaperRoom()
    room.quote(102)
    room.submit({ kind: 'limit', limit: '100', protect: { stop: '97', target: '110' } })
    expect(room.broker.orderOfExtremes('ACME')).toBe('high-first')
    expect(room.bar(101, 103, 96, 98)).toEqual([
      'a buy 100 @ 100',
      'a.stop accepted',
      'a.target accepted',
      'a.stop sell 100 @ 97',
      'a.target cancelled',
    ])
  })

  it('protects as many units as are filled, and one exit of a pair takes from the other', () => {
    const room = new PaperRoom({ participation: '0.1' })
    room.submit({ protect: { stop: '95', target: '105' } })
    const shown = { askSize: '400', bidSize: '300' }
    expect(room.quote(100, 100, shown)).toEqual(['a buy 40 @ 100', 'a.stop accepted', 'a.target accepted'])
    expect(room.quote(100, 100, shown)).toEqual(['a buy 40 @ 100', 'a.stop is 80', 'a.target is 80'])
    expect(room.quote(105, 105, shown)).toEqual([
      'a buy 20 @ 105',
      'a.stop is 100',
      'a.target is 100',
      'a.target sell 30 @ 105',
      'a.stop is 70',
    ])
    expect(room.quote(94, 94, { askSize: null, bidSize: null })).toEqual(['a.stop sell 70 @ 94', 'a.target cancelled'])
    expect(room.held).toBe('')
  })

  it('cancels the rest of an entry whose protection was hit', () => {
    const room = new PaperRoom({ participation: '0.1' })
    room.submit({ protect: { stop: '95', target: null } })
    room.quote(100, 100, { askSize: '400', bidSize: '400' })
    expect(room.quote(94, 94, { askSize: '0', bidSize: '5000' })).toEqual(['a.stop sell 40 @ 94', 'a cancelled'])
  })

  it('never fills an exit past flat, and a closed position ends its exits', () => {
    const room = new PaperRoom()
    room.quote(100)
    room.submit({ protect: { stop: '95', target: '105' } })
    expect(room.exit({ clientId: 'b', quantity: '60' })).toEqual(['b accepted', 'b sell 60 @ 100'])
    expect(room.quote(94)).toEqual(['a.stop sell 40 @ 94', 'a.target cancelled'])
    expect(room.exit({ clientId: 'c' })).toEqual(['c refused EXIT_PAST_FLAT'])
    expect(room.held).toBe('')
  })

  it('slips market and stop orders by the allowance, never a limit', () => {
    const room = new PaperRoom({ slippage: 'fixed' }, [share({ slippageTicks: '3' })])
    room.quote(100)
    expect(room.submit()).toContain('a buy 100 @ 100.03')
    expect(room.submit({ clientId: 'b', kind: 'limit', limit: '100' })).toContain('b buy 100 @ 100')
    room.exit({ clientId: 'c', kind: 'stop', trigger: '95' })
    expect(room.bar(99, 99, 94, 96)).toEqual(['c sell 100 @ 94.97'])
  })

  it('draws slippage from its seed: the same for the same seed, others for another', () => {
    const prices = (seed: number): readonly string[] => {
      const room = new PaperRoom({ slippage: 'drawn', seed }, [share({ slippageTicks: '5' })])
      room.quote(100)
      return Array.from({ length: 8 }, (_, index) => room.submit({ clientId: String(index), quantity: '1' })).flat()
    }
    expect(prices(7)).toEqual(prices(7))
    expect(prices(7)).not.toEqual(prices(8))
  })

  it('charges a minimum commission once for an order filled in parts', () => {
    const room = new PaperRoom({ participation: '0.1' }, [
      share({ commissionPerUnit: '0.01', commissionMinimum: '0.6' }),
    ])
    room.submit()
    for (let part = 0; part < 3; part += 1) room.quote(100, 100, { askSize: '400' })
    const fees = room.events.flatMap((event) => (event.kind === 'fill' ? [event.fee] : []))
    expect(fees).toEqual(['0.6', '0.2', '0.2'])
  })

  it('refuses an entry beyond the margin, with the sums', () => {
    const room = new PaperRoom({}, [share({ marginRate: '0.5' })])
    room.quote(100)
    expect(room.submit({ quantity: '1900' })).toContain('a accepted')
    expect(room.submit({ clientId: 'b', kind: 'limit', limit: '90', quantity: '200' })).toEqual(['b refused MARGIN'])
    expect(room.submit({ clientId: 'c', kind: 'limit', limit: '90', quantity: '100' })).toEqual(['c accepted'])
    expect(room.submit({ clientId: 'd', kind: 'limit', limit: '90', quantity: '100' })).toEqual(['d refused MARGIN'])
    expect(room.quote(47, 47)).toContain('margin call')
    expect(room.quote(46, 46)).not.toContain('margin call')
    expect(room.exit({ clientId: 'e', quantity: '2000' })).toContain('e sell 2000 @ 46')
  })

  it('charges interest on what is held beyond equity, and ends the orders of the day', () => {
    const room = new PaperRoom({}, [share({ marginRate: '0.25' })])
    room.quote(100)
    room.submit({ quantity: '2000' })
    room.submit({ clientId: 'b', kind: 'limit', limit: '90', lasts: 'day' })
    // 100,000 borrowed for three nights at 6.5 % a year.
    expect(room.take(room.broker.roll(room.at, 3))).toEqual(['b expired', 'interest 53.42465753'])
    expect(room.equity).toBe('99946.57534247')
    expect(room.quote(89)).toEqual([])
  })

  it('takes an order twice as one, and cancels twice as once', () => {
    const room = new PaperRoom()
    expect(room.submit({ kind: 'limit', limit: '99' })).toEqual(['a accepted'])
    expect(room.submit({ kind: 'limit', limit: '99' })).toEqual(['a accepted'])
    expect(room.broker.state().orders).toHaveLength(1)
    expect(room.broker.cancel('a', room.at)).toMatchObject({ ok: true, value: [{ kind: 'cancelled' }] })
    expect(room.broker.cancel('a', room.at)).toEqual({ ok: true, value: [] })
    expect(room.broker.cancel('z', room.at)).toMatchObject({ ok: false })
  })

  it('replaces a working order and keeps what was filled', () => {
    const room = new PaperRoom({ participation: '0.1' })
    room.submit({ kind: 'limit', limit: '100' })
    room.quote(100, 100, { askSize: '400' })
    expect(room.broker.replace('a', { quantity: '40' }, room.at)).toMatchObject({
      ok: false,
      error: { field: 'quantity' },
    })
    expect(room.broker.replace('a', { limit: '100.005' }, room.at)).toMatchObject({
      ok: false,
      error: { field: 'limit' },
    })
    const changed = room.broker.replace('a', { quantity: '60', limit: '99' }, room.at)
    expect(changed.ok ? room.take(changed.value) : []).toEqual(['a is 60'])
    expect(room.quote(100, 100, { askSize: '4000' })).toEqual([])
    expect(room.quote(99, 99, { askSize: '4000' })).toEqual(['a buy 20 @ 99'])
  })

  it.each([
    [{ kind: 'limit' }, 'INPUT_MALFORMED'],
    [{ trigger: '99' }, 'INPUT_MALFORMED'],
    [{ quantity: '0' }, 'INPUT_OUT_OF_RANGE'],
    [{ quantity: '1.5' }, 'INPUT_OUT_OF_RANGE'],
    [{ quantity: 'NaN' }, 'INPUT_NOT_FINITE'],
    [{ symbol: 'OTHER' }, 'INPUT_MISSING'],
    [{ protect: { stop: '95.001', target: null } }, 'INPUT_OUT_OF_RANGE'],
  ] as const)('refuses %j', (changes, code) => {
    expect(new PaperRoom().submit(changes)).toEqual([`a refused ${code}`])
  })

  it('refuses what it has no rate for', () => {
    expect(new PaperRoom({}, [share({ currency: 'EUR' })]).submit()).toEqual(['a refused FX_PATH_MISSING'])
  })
})
