import type { RegimeSensor } from './sensor.ts'
import { eigen } from './sensors/eigen.ts'
import { ising } from './sensors/ising.ts'
import { lyapunov } from './sensors/lyapunov.ts'
import { marketRegime } from './sensors/market_regime.ts'
import { volatilityRegimeSensor } from './sensors/volatility_regime.ts'

/** Every sensor, in the order they are shown. */
export const SENSORS: readonly RegimeSensor[] = [lyapunov, ising, eigen, volatilityRegimeSensor, marketRegime]
