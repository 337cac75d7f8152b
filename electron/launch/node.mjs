import { existsSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { at, onWindows, readJson } from './place.mjs'

const oldest = [22, 12]

/** The path of a Node that can run the desk (22.12 or newer): this one, else the one that was installed as a package. */
export function modernNode(modules = at('node_modules'), running = process) {
  if (isModern(running.versions.node)) return running.execPath
  const platform = onWindows ? 'win' : process.platform
  for (const name of [`node-${platform}-${process.arch}`, `node-bin-${process.platform}-${process.arch}`]) {
    const binary = readJson(join(modules, name, 'package.json'))?.bin?.node
    if (binary && existsSync(join(modules, name, binary))) return join(modules, name, binary)
  }
  return undefined
}

/** The environment in which children, and theirs, find this Node first. */
export function environmentFor(node, extra = {}) {
  const path = [dirname(node), at('node_modules', '.bin'), process.env.PATH].join(delimiter)
  return { ...process.env, ...extra, PATH: path }
}

/** Whether a version such as `22.12.0` is new enough. */
export function isModern(version) {
  const [major, minor] = version.split('.').map(Number)
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1])
}
