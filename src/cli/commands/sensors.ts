import type { SensorsView } from '../../contract/portfolio/sensors.ts'
import { defineCommand } from '../define-command.ts'
import { figure, instant } from '../figures.ts'
import { withBook } from '../open-book.ts'
import { table } from '../table.ts'

interface Options {
  readonly symbol?: string
  readonly history?: boolean
}

/** The regime sensors of the book. */
export const sensors = defineCommand<Options>({
  name: 'sensors',
  says: 'Regime sensors: what they read, how sure they are, whether they abstain, and what they do to size.',
  examples: ['sensors', 'sensors --symbol BTCUSD --json', 'sensors --history'],
  options: (command) =>
    void command
      .option('--symbol <symbol>', 'whose price is read (the largest holding where left out)')
      .option('--history', 'with readings of the last half year, worked out anew: some seconds'),
  action: (terminal, options) =>
    withBook(options, terminal, async ({ calls }) => {
      const { symbol } = options
      const view = await calls.portfolio.sensors({
        history: options.history === true ? 'weeks' : 'none',
        ...(symbol === undefined ? {} : { symbol }),
      })
      return { document: view, text: sensorsText(view) }
    }),
})

const MARKS = { ok: '●', near: '▲', over: '■', unknown: '○' } as const

function sensorsText(view: SensorsView): string {
  const right = { align: 'right' } as const
  const rows = view.sensors.map((sensor) => [
    `${MARKS[sensor.state]} ${sensor.title}`,
    sensor.subject,
    sensor.reading === null ? '–' : figure(sensor.reading.toFixed(12), 3),
    sensor.units,
    sensor.level,
    sensor.pValue === null ? (sensor.confidence ?? '–') : `p ${figure(sensor.pValue.toFixed(12), 2)}`,
    sensor.multiplier === null ? '–' : `× ${figure(sensor.multiplier.toFixed(12), 2)}`,
    sensor.dataTo === null ? '–' : instant(sensor.dataTo),
  ])
  const history = view.sensors
    .filter((sensor) => sensor.history.length > 0)
    .map(
      (sensor) =>
        `${sensor.title}: ${sensor.history
          .map(({ reading, abstains }) => (abstains ? 'abstains' : reading === null ? '–' : reading.toFixed(2)))
          .join(' ')}`,
    )
  return [
    view.weakest.says,
    '',
    table(
      [
        { head: 'Sensor' },
        { head: 'Of' },
        { head: 'Reading', ...right },
        { head: 'Unit' },
        { head: 'Level' },
        { head: 'Sure' },
        { head: 'Size', ...right },
        { head: 'Bars to' },
      ],
      rows,
    ),
    '',
    ...view.sensors.map(({ title, says, effect }) => `${title}: ${says} ${effect}`),
    ...(history.length === 0 ? [] : ['', ...history]),
    '',
    ...view.notes,
  ].join('\n')
}
