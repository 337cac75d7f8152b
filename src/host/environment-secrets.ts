import { err, ok, reason, type ExchangeKeys, type Secrets } from '../desk/broker/ports.ts'

const KEY = 'BALLAST_EXCHANGE_KEY'
const SECRET = 'BALLAST_EXCHANGE_SECRET'

/**
 * Keys of an exchange account as the environment gives them. They are read once and taken out of it, so that no child process,
 * dump or error of this one can name them.
 */
export function environmentSecrets(environment: Record<string, string | undefined>): Secrets {
  const keys = take(environment)
  const howTo = `Set ${KEY} and ${SECRET} in the environment, and start Ballast again.`
  const refused = err(reason('NOT_ENABLED', `Keys are not kept here. ${howTo}`, 'key'))
  return {
    status: () =>
      keys === undefined
        ? { from: 'none', lastFour: null, canKeep: false, says: `No keys are set. ${howTo}` }
        : {
            from: 'environment',
            lastFour: lastFourOf(keys),
            canKeep: false,
            says: 'The keys are from the environment; to forget them, start Ballast without.',
          },
    read: () =>
      keys === undefined ? err(reason('NOT_ENABLED', `No exchange keys are set. ${howTo}`, 'key')) : ok(keys),
    keep: () => refused,
    forget: () =>
      err(reason('NOT_ENABLED', 'Keys of the environment are forgotten by starting Ballast without.', 'key')),
  }
}

/** As much of a key as may be shown; nothing of a short one. */
export function lastFourOf({ key }: ExchangeKeys): string {
  return key.length < 12 ? '' : key.slice(-4)
}

function take(environment: Record<string, string | undefined>): ExchangeKeys | undefined {
  const [key, secret] = [environment[KEY]?.trim() ?? '', environment[SECRET]?.trim() ?? '']
  // Safe: these two names are constants of this file.
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- an environment variable is removed by deleting it
  for (const name of [KEY, SECRET]) delete environment[name]
  return key === '' || secret === '' ? undefined : { key, secret }
}
