import { CommandRefusal } from './command-refusal.ts'

/** The refusal in whatever was thrown by a call, the store or a host; `undefined` for a fault inside Ballast. */
export async function asRefusal(error: unknown): Promise<CommandRefusal | undefined> {
  if (error instanceof CommandRefusal) return error
  const [{ refusalOf }, { StoreFault }, { DeskRefusal }, { HostRefusal }] = await Promise.all([
    import('./desk-client.ts'),
    import('../desk/ports.ts'),
    import('../desk/refusal.ts'),
    import('../host/host-refusal.ts'),
  ])
  if (error instanceof StoreFault || error instanceof HostRefusal) return new CommandRefusal(error.code, error.message)
  if (error instanceof DeskRefusal) return new CommandRefusal(error.code, error.message, error.field)
  return refusalOf(error)
}
