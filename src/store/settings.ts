import {
  StoreFault,
  type AccountRecord,
  type BookSetting,
  type ImportPreset,
  type ProfileRecord,
} from '../desk/ports.ts'
import type { InstrumentSpec, StrategyInput } from '../domain/inputs.ts'
import { canonical, type Plain } from '../domain/kernel/canonical.ts'
import type { ReadConnection, WriteConnection } from './connection.ts'

/** Reads accounts, instruments, strategies, profiles and presets of an open book. */
export interface SettingsReader {
  accounts(): readonly AccountRecord[]
  account(accountId: string): AccountRecord | undefined
  instruments(): readonly InstrumentSpec[]
  instrument(symbol: string): InstrumentSpec | undefined
  strategies(): readonly StrategyInput[]
  profiles(): readonly ProfileRecord[]
  profileByHash(hash: string): ProfileRecord | undefined
  activeProfile(): ProfileRecord | undefined
  presets(): readonly ImportPreset[]
  setting(key: string): BookSetting | undefined
}

/** Changes them, inside a transaction of the caller. */
export interface SettingsWriter {
  saveAccount(account: AccountRecord): void
  saveInstrument(spec: InstrumentSpec): void
  /** Adds an instrument of a batch; false where the symbol is known, whose specification then stays as it is. */
  addInstrument(spec: InstrumentSpec, batchId: string): boolean
  saveStrategy(strategy: StrategyInput): void
  addProfile(seq: number, profile: ProfileRecord, inForce: boolean): void
  saveSetting(seq: number, setting: BookSetting): void
  savePreset(preset: ImportPreset): void
}

type Switched<T> = Omit<T, 'enabled'> & { readonly enabled: 0 | 1 }

const ACCOUNT = 'account_id AS accountId, name, currency, time_zone AS timeZone, day_roll AS dayRoll, enabled'
const PROFILE = 'name, version, hash, yaml, at'

/** Prepares reading settings. */
export function settingsReader(connection: ReadConnection): SettingsReader {
  const accounts = connection.prepare<[], Switched<AccountRecord>>(`SELECT ${ACCOUNT} FROM account ORDER BY account_id`)
  const account = connection.prepare<[string], Switched<AccountRecord>>(
    `SELECT ${ACCOUNT} FROM account WHERE account_id = ?`,
  )
  const specs = connection.prepare<[], string>('SELECT spec FROM instrument ORDER BY symbol').pluck()
  const spec = connection.prepare<[string], string>('SELECT spec FROM instrument WHERE symbol = ?').pluck()
  const strategies = connection.prepare<[], Switched<StrategyInput>>(
    'SELECT code, budget, fixed_quantity AS fixedQuantity, method, enabled FROM strategy ORDER BY code',
  )
  const profiles = connection.prepare<[], ProfileRecord>(`SELECT ${PROFILE} FROM profile ORDER BY seq`)
  const profileByHash = connection.prepare<[string], ProfileRecord>(
    `SELECT ${PROFILE} FROM profile WHERE hash = ? ORDER BY seq DESC LIMIT 1`,
  )
  const active = connection.prepare<[], ProfileRecord>(
    `SELECT ${PROFILE} FROM profile WHERE in_force = 1 ORDER BY seq DESC LIMIT 1`,
  )
  const presets = connection.prepare<[], Omit<ImportPreset, 'settings'> & { readonly settings: string }>(
    'SELECT name, fingerprint, settings, at FROM preset ORDER BY at, name',
  )
  const setting = connection.prepare<[string], { readonly key: string; readonly value: string; readonly at: number }>(
    'SELECT key, value, at FROM setting WHERE key = ?',
  )
  return {
    accounts: () => accounts.all().map(switched),
    account(accountId) {
      const row = account.get(accountId)
      return row === undefined ? undefined : switched(row)
    },
    instruments: () => specs.all().map(readSpec),
    instrument(symbol) {
      const json = spec.get(symbol)
      return json === undefined ? undefined : readSpec(json)
    },
    strategies: () => strategies.all().map(switched),
    profiles: () => profiles.all(),
    profileByHash: (hash) => profileByHash.get(hash),
    activeProfile: () => active.get(),
    presets: () => presets.all().map((row) => ({ ...row, settings: JSON.parse(row.settings) as Plain })),
    setting(key) {
      const row = setting.get(key)
      return row === undefined ? undefined : { ...row, value: JSON.parse(row.value) as Plain }
    },
  }
}

/** Prepares changing settings. */
export function settingsWriter(connection: WriteConnection): SettingsWriter {
  const saveAccount = connection.prepare(
    `INSERT INTO account (account_id, name, currency, time_zone, day_roll, enabled) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (account_id) DO UPDATE SET name = excluded.name, time_zone = excluded.time_zone,
       day_roll = excluded.day_roll, enabled = excluded.enabled`,
  )
  const currency = connection.prepare<[string], string>('SELECT currency FROM account WHERE account_id = ?').pluck()
  const saveInstrument = connection.prepare(
    `INSERT INTO instrument (symbol, asset_class, currency, point_value, spec) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (symbol) DO UPDATE SET asset_class = excluded.asset_class, currency = excluded.currency,
       point_value = excluded.point_value, spec = excluded.spec, batch_id = NULL`,
  )
  const addInstrument = connection.prepare(
    `INSERT INTO instrument (symbol, asset_class, currency, point_value, spec, batch_id) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (symbol) DO NOTHING`,
  )
  const saveStrategy = connection.prepare(
    `INSERT INTO strategy (code, budget, fixed_quantity, method, enabled) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (code) DO UPDATE SET budget = excluded.budget, fixed_quantity = excluded.fixed_quantity,
       method = excluded.method, enabled = excluded.enabled`,
  )
  const addProfile = connection.prepare(
    'INSERT INTO profile (seq, name, version, hash, yaml, at, in_force) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  const saveSetting = connection.prepare(
    `INSERT INTO setting (key, value, at, seq) VALUES (?, ?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value, at = excluded.at, seq = excluded.seq`,
  )
  const savePreset = connection.prepare(
    `INSERT INTO preset (name, fingerprint, settings, at) VALUES (?, ?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET fingerprint = excluded.fingerprint, settings = excluded.settings, at = excluded.at`,
  )
  return {
    saveAccount(account) {
      const held = currency.get(account.accountId)
      if (held !== undefined && held !== account.currency) {
        const says = `The currency of account ${account.accountId} is ${held} and cannot become ${account.currency}: open another account.`
        throw new StoreFault('CONFLICT', says)
      }
      const { accountId, name, timeZone, dayRoll } = account
      saveAccount.run(accountId, name, account.currency, timeZone, dayRoll, account.enabled ? 1 : 0)
    },
    saveInstrument: (spec) => void saveInstrument.run(...instrumentValues(spec)),
    addInstrument: (spec, batchId) => addInstrument.run(...instrumentValues(spec), batchId).changes === 1,
    saveStrategy: (s) => void saveStrategy.run(s.code, s.budget, s.fixedQuantity, s.method, s.enabled ? 1 : 0),
    addProfile: (seq, p, inForce) => void addProfile.run(seq, p.name, p.version, p.hash, p.yaml, p.at, inForce ? 1 : 0),
    saveSetting: (seq, { key, value, at }) => void saveSetting.run(key, JSON.stringify(value), at, seq),
    savePreset: (p) => void savePreset.run(p.name, p.fingerprint, JSON.stringify(p.settings), p.at),
  }
}

function instrumentValues(spec: InstrumentSpec): string[] {
  return [spec.symbol, spec.assetClass, spec.currency, spec.pointValue, canonical(spec)]
}

/** A specification holds text, truth values and lists only, so that canonical JSON gives it back as it was. */
function readSpec(json: string): InstrumentSpec {
  return JSON.parse(json) as InstrumentSpec
}

function switched<T extends { readonly enabled: 0 | 1 }>(row: T): Omit<T, 'enabled'> & { readonly enabled: boolean } {
  return { ...row, enabled: row.enabled === 1 }
}
