/** Why a command did not do what was asked: a stable code, one sentence, and the input at fault. */
export class CommandRefusal extends Error {
  override readonly name = 'CommandRefusal'
  readonly code: string
  readonly field: string | undefined
  constructor(code: string, says: string, field?: string) {
    super(says)
    this.code = code
    this.field = field
  }
}
