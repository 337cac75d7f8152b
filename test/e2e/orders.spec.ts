import { expect, hold, test, typeOrder } from './live-book.ts'
import { expectAccessible, expectReflow } from './own-book.ts'

test('an unusual live order: its size is typed before the hold counts, and then one order is sent', async ({
  page: at,
  live,
}) => {
  const { calls } = live.line
  await live.open('#/desk')
  await live.arm()
  await at.keyboard.press('Control+1')
  await typeOrder(at, '95')
  const line = at.getByRole('group', { name: 'Unusual order' })
  await expect(line).toContainText('This is the first trade in AAPL.')
  await expect(at.getByRole('button', { name: /^APPROVE LIVE/ })).toBeDisabled()
  await hold(at, 900)
  expect(await calls.trading.orders({})).toEqual([])
  const typed = line.getByLabel('Size, typed')
  await expect(typed).toBeFocused()
  await typed.fill('7')
  await expect(line).toContainText('type that, or edit the order')
  const size = (await at.getByTestId('size').textContent()) ?? ''
  await typed.fill(size)
  await expect(at.getByRole('button', { name: /^APPROVE LIVE/ })).toBeEnabled()
  await at.keyboard.down('Control')
  await at.keyboard.down('Enter')
  await expect(at.getByText('Sent', { exact: true })).toBeVisible()
  await at.keyboard.up('Enter')
  await at.keyboard.up('Control')
  expect(await calls.trading.orders({})).toHaveLength(1)
  await expect(line).toBeHidden()
  await expectReflow(at)
})

test('the line of an unusual order: axe finds nothing', async ({ page: at, live }) => {
  await live.open('#/desk')
  await live.arm()
  await at.keyboard.press('Control+1')
  await typeOrder(at, '95')
  await expect(at.getByRole('group', { name: 'Unusual order' })).toBeVisible()
  await expectAccessible(at)
})

test('positions are compared with the terminal: a difference lets the desk close only, and is kept', async ({
  page: at,
  live,
}) => {
  await live.open('#/desk')
  const mode = at.getByRole('region', { name: 'Book and account' })
  await expect(mode.getByRole('button', { name: 'REDUCE ONLY' })).toBeVisible()
  await at.keyboard.press('Control+k')
  await at.getByRole('combobox').fill('Compare positions')
  await at.keyboard.press('Enter')
  const panel = at.getByRole('region', { name: 'Reconciliation' })
  await expect(panel.getByText('the account is flat at the terminal', { exact: false })).toBeVisible()
  await panel.getByText('Paste a list').click()
  await panel.getByLabel('Positions', { exact: true }).fill('Symbol\tQty\tSide\nAAPL\t12\tshort')
  await panel.getByRole('button', { name: 'Take the list' }).click()
  await expect(panel.getByLabel('Quantity')).toHaveValue(/12/)
  await expect(panel.getByRole('button', { name: 'Compare', exact: true })).toBeDisabled()
  await panel.getByLabel('These are all positions the terminal shows').check()
  await panel.getByRole('button', { name: 'Compare', exact: true }).click()
  const row = panel.getByRole('table', { name: 'Differences' }).getByRole('row', { name: /^AAPL/ })
  await expect(row).toContainText('12')
  await expect(panel.getByText('while they differ it closes only', { exact: false })).toBeVisible()
  await expect(panel.getByRole('list', { name: 'Reconciliations so far' })).toContainText(
    'AAPL: 0 here, -12 at the broker',
  )
  await expect(mode.getByRole('button', { name: 'REDUCE ONLY' })).toBeVisible()
  await expectAccessible(at)
  await panel.getByRole('button', { name: 'Drop AAPL' }).click()
  await panel.getByRole('button', { name: 'Compare', exact: true }).click()
  await expect(panel.getByText('Book and broker agree on 0 positions.').first()).toBeVisible()
  await expectReflow(at)
})

test('a position gets a stop from the positions table, and has it moved there', async ({ page: at, live }) => {
  const { calls } = live.line
  await live.open('#/desk')
  await live.arm()
  await at.keyboard.press('Control+1')
  await typeOrder(at, '95')
  await at.getByLabel('Size, typed').fill((await at.getByTestId('size').textContent()) ?? '')
  await hold(at, 900)
  await expect(at.getByText('Sent', { exact: true })).toBeVisible()
  const [order] = await calls.trading.orders({})
  const { clientId = '', quantity = '' } = order ?? {}
  const fill = { clientId, executionId: 'E-1', price: '100', fee: '0', feeCurrency: 'USD', quantity }
  await calls.trading.typeFill({ ...fill, at: (await calls.system.info()).now })
  await at.keyboard.press('Control+2')
  const table = at.getByRole('treegrid', { name: 'Open positions' })
  await table.getByRole('row', { name: /^AAPL/ }).click()
  const stop = at.getByLabel('Set a stop')
  await stop.fill('120')
  await at.getByRole('button', { name: 'Set the stop' }).click()
  await expect(table.getByText('give one below it', { exact: false })).toBeVisible()
  await stop.fill('94')
  await at.keyboard.press('Enter')
  const set = at.getByRole('group', { name: /^Stop at 94/ })
  await expect(set).toBeVisible()
  await expect(stop).toBeHidden()
  await expectAccessible(at)
})

test('the watch wall says how it stands and halts, and has no other control', async ({ page: at, live }) => {
  await live.open('#/wall')
  const bar = at.getByRole('region', { name: 'Book and state' })
  await expect(bar.getByText('LIVE', { exact: true })).toBeVisible()
  await expect(at.getByRole('button')).toHaveCount(1)
  await bar.getByRole('button', { name: /^Halt/ }).click()
  await expect(bar.getByText('HALTED')).toBeVisible()
  await expect(at.getByText('Halt stops every book of the data folder', { exact: false }).first()).toBeVisible()
})

for (const width of [1440, 1024, 640, 400])
  test(`at ${width} pixels nothing of the mode bar is covered and no table cell breaks`, async ({ page: at, live }) => {
    await live.open('#/desk')
    await at.setViewportSize({ width, height: 900 })
    const mode = at.getByRole('region', { name: 'Book and account' })
    await expect(
      at
        .getByRole('treegrid', { name: /^Limits of the account/ })
        .getByRole('row')
        .nth(1),
    ).toBeVisible()
    const boxes = await mode.getByRole('button').evaluateAll((buttons) =>
      buttons.map((button) => {
        const { left, right, top, bottom } = button.getBoundingClientRect()
        const inside = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
        return { name: button.textContent, hit: button.contains(inside), fits: right <= innerWidth && left >= 0 }
      }),
    )
    expect(boxes.filter(({ hit, fits }) => !hit || !fits)).toEqual([])
    const broken = await at
      .getByRole('treegrid', { name: /^Limits of the account/ })
      .locator('.rule')
      .evaluateAll((names) => names.filter((name) => innerWidth >= 640 && name.getClientRects().length > 1).length)
    expect(broken).toBe(0)
  })
