import { spawn } from 'node:child_process'
import { root } from './place.mjs'
import { say } from './say.mjs'

const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Runs a program to its end, passing signals on, and resolves with its exit code (128 + n after signal n; 127 when it could not
 * be started). `whenStarted` gets the child.
 */
export function runChild(program, args, { whenStarted, ...options } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, stdio: 'inherit', ...options })
    const pass = (signal) => child.kill(signal)
    for (const signal of passedOn) process.on(signal, pass)
    // `npm start` hands SIGTERM to its shell alone, which dies without a word: follow it.
    const parent = process.ppid
    const watch = setInterval(() => {
      if (process.ppid !== parent) child.kill('SIGTERM')
    }, 500)
    watch.unref()
    const end = (code) => {
      clearInterval(watch)
      for (const signal of passedOn) process.off(signal, pass)
      resolve(code)
    }
    child.once('error', (error) => {
      say(`${program} could not be started: ${error.message}`)
      end(127)
    })
    child.once('close', (code, signal) => end(code ?? 128 + signalNumber(signal)))
    whenStarted?.(child)
  })
}

function signalNumber(signal) {
  return { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }[signal] ?? 1
}
