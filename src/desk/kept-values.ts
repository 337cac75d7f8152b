/** More keys than any one state of the ledger needs. */
const MOST = 500
/** An account, its book and its limits at each of the newest instants that were asked for. */
const MOST_DATED = 24

/**
 * Values derived from the ledger, kept until it changes. Of those that are of an instant only the newest are kept: a clock
 * goes on, and a desk that is quoted all day is not asked for each second of it again.
 */
export class KeptValues {
  #kept = new Map<string, unknown>()
  #dated: string[] = []
  #version = -1

  /** The value kept for a key in this version of the ledger, or the one derived now. */
  of<T>(version: number, key: string, derive: () => T): T {
    if (version !== this.#version || this.#kept.size > MOST) this.forget()
    this.#version = version
    if (this.#kept.has(key)) return this.#kept.get(key) as T
    const value = derive()
    this.#kept.set(key, value)
    return value
  }

  /** The same for a value that holds at one instant. */
  at<T>(version: number, key: string, at: number, derive: () => T): T {
    const dated = `${key}:${at}`
    const isKept = version === this.#version && this.#kept.has(dated)
    const value = this.of(version, dated, derive)
    if (!isKept) this.#dated.push(dated)
    const oldest = this.#dated.length > MOST_DATED ? this.#dated.shift() : undefined
    if (oldest !== undefined) this.#kept.delete(oldest)
    return value
  }

  /** Drops everything. */
  forget(): void {
    this.#kept = new Map()
    this.#dated = []
    this.#version = -1
  }
}
