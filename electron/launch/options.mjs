import { dataDirOf } from './place.mjs'
import { LaunchError } from './say.mjs'

/** What `start` and `dev` were asked for: the data folder, the port (undefined: any), whether to open a window, which host. */
export function readStartOptions(words, script = 'start', environment = process.env) {
  const taken = { dataDir: undefined, port: undefined, open: true, host: 'window' }
  const rest = [...words]
  while (rest.length > 0) {
    const [name, joined] = split(rest.shift())
    const value = () => joined ?? rest.shift() ?? refuse(`${name} needs a value, such as ${examples[name]}.`)
    if (name === '--data-dir') taken.dataDir = value()
    else if (name === '--port') taken.port = portOf(value())
    else if (name === '--host') taken.host = hostOf(value())
    else if (name === '--no-open' && joined === undefined) taken.open = false
    else
      refuse(`«${name}» is not an option of ${script}; there are --data-dir DIR, --port N, --host desk and --no-open.`)
  }
  // Without `--` npm keeps an option for itself, and the books would silently go to the default folder.
  for (const name of ['data-dir', 'port', 'host']) {
    const kept = environment[`npm_config_${name.replace('-', '_')}`]
    if (
      kept &&
      environment.npm_lifecycle_event === script &&
      taken[name === 'data-dir' ? 'dataDir' : name] === undefined
    ) {
      refuse(
        `npm kept --${name} for itself; write it after two dashes: npm run ${script} -- --${name} ${examples[`--${name}`]}`,
      )
    }
  }
  return { ...taken, dataDir: dataDirOf(taken.dataDir, script) }
}

const examples = { '--data-dir': '~/books', '--port': '4817', '--host': 'desk' }

const split = (word) => {
  const equals = word.startsWith('--') ? word.indexOf('=') : -1
  return equals < 0 ? [word, undefined] : [word.slice(0, equals), word.slice(equals + 1)]
}

function portOf(text) {
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port > 65535)
    refuse(`--port is «${text}»; give a whole number from 0 (any free port) to 65535.`)
  return port
}

function hostOf(text) {
  if (text !== 'desk' && text !== 'window') refuse(`--host is «${text}»; give desk (browser) or window (Electron).`)
  return text
}

function refuse(sentence) {
  throw new LaunchError(sentence)
}
