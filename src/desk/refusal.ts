/** Why the desk did not do what was asked. Crosses every transport as the typed error `REFUSED`. */
export class DeskRefusal extends Error {
  override readonly name = 'DeskRefusal'
  readonly code: string
  readonly field: string | undefined
  constructor(code: string, says: string, field?: string) {
    super(says)
    this.code = code
    this.field = field
  }
}
