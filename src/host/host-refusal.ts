/** Codes of a host that cannot start. */
export type HostRefusalCode =
  'PORT_IN_USE' | 'PORT_NOT_ALLOWED' | 'DATA_DIR_IN_USE' | 'DATA_DIR_READ_ONLY' | 'BAD_OPTION'

/** A host that cannot start, with one sentence for a person. */
export class HostRefusal extends Error {
  override readonly name = 'HostRefusal'
  readonly code: HostRefusalCode
  constructor(code: HostRefusalCode, says: string) {
    super(says)
    this.code = code
  }
}
