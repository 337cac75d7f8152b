/** An expected obstacle, told to the user as one plain sentence without a stack. */
export class LaunchError extends Error {}

/** Tells the user one line on stderr; stdout belongs to the command that is launched. */
export function say(line) {
  process.stderr.write(`ballast: ${line}\n`)
}
