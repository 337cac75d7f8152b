import { NO_MONEY, say, sayPercent, type Dec } from '../../kernel/money.ts'
import { capTable, fraction } from '../../kernel/setting.ts'
import { exposureCeiling } from '../linear-ceiling.ts'
import { defineCeiling, open, type Cap } from '../rule.ts'

/** Total weight of each of the instrument's clusters ≤ its own cap, else the general one; the tightest cluster binds. */
export const cluster = defineCeiling({
  id: 'cluster',
  title: 'Cluster',
  code: 'CLUSTER',
  says: 'The exposure to one cluster of instruments stays within a share of equity; a cluster with its own cap uses that instead.',
  settings: {
    max: fraction({
      title: 'Most in one cluster',
      help: 'Exposure to a cluster without its own cap, as a share of equity.',
      least: '0',
      most: '20',
      above: true,
    }),
    caps: capTable({
      title: 'Caps of clusters',
      help: 'Share of equity for clusters with a cap of their own, by name.',
      least: '0',
      most: '20',
      absent: 'max',
    }),
  },
  evaluate({ standing, book, instrument, notionalPerUnit }, { max, caps }) {
    let tightest: Cap | undefined
    for (const name of instrument.clusters) {
      const share: Dec = caps.get(name) ?? max
      const limit = standing.equity.times(share)
      const before = book.byCluster.get(name) ?? NO_MONEY
      const rung = exposureCeiling(
        {
          limit,
          before,
          says: `Cluster ${name} may be ${say(limit)} ${standing.currency} (${sayPercent(share)} of equity); ${say(before)} is held.`,
          facts: { cluster: name },
        },
        notionalPerUnit,
      )
      if (tightest === undefined || rung.capacity.lt(tightest.capacity)) tightest = rung
    }
    return tightest ?? open(`${instrument.symbol} belongs to no cluster.`)
  },
})
