// Behind every npm script: runs on whatever Node started npm (18 or newer) and needs no package.
import { LaunchError, say } from './launch/say.mjs'

const [command = 'start', ...words] = process.argv.slice(2)

const commands = {
  start: async () => (await import('./launch/start.mjs')).start(words),
  test: async () => (await import('./launch/test.mjs')).test(words),
  check: async () => (await import('./launch/test.mjs')).check(words),
  cli: async () => (await import('./launch/develop.mjs')).commandLine(words),
  dev: async () => (await import('./launch/develop.mjs')).develop(words),
  bench: async () => (await import('./launch/develop.mjs')).bench(words),
  setup: async () => (await import('./launch/develop.mjs')).setup(),
}

try {
  const action = commands[command]
  if (action === undefined) {
    throw new LaunchError(`There is no command «${command}»; choose one of ${Object.keys(commands).join(', ')}.`)
  }
  process.exitCode = await action()
} catch (error) {
  if (!(error instanceof LaunchError)) throw error
  say(error.message)
  process.exitCode = 1
}
