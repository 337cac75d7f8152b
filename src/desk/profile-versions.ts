import type { ProfileView } from '../contract/profile.ts'
import { putProfile } from './profile-put.ts'
import { profileView } from './profile-view.ts'
import { DeskRefusal } from './refusal.ts'
import type { Workspace } from './workspace.ts'

/** Every stored version of every profile, newest first. */
export function profileVersions(
  workspace: Workspace,
): { name: string; version: number; hash: string; at: number; active: boolean }[] {
  const active = workspace.book.activeProfile()
  return [...workspace.book.profiles()].reverse().map(({ name, version, hash, at }) => ({
    name,
    version,
    hash,
    at,
    active: name === active?.name && version === active.version,
  }))
}

/** Puts an earlier version in force again; limits of it that allow more wait for the next session. */
export function revertProfile(workspace: Workspace, name: string, version: number, reason = ''): ProfileView {
  const found = workspace.book.profiles().find((one) => one.name === name && one.version === version)
  if (found === undefined)
    throw new DeskRefusal('NOT_FOUND', `There is no version ${version} of the profile ${name} in this book.`, 'version')
  putProfile(workspace, { strategy: '', name, yaml: found.yaml, reason })
  return profileView(workspace)
}
