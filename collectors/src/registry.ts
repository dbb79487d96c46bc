import { prometheus } from './sources/prometheus.ts'

/** Every collector that Vigie runs itself; agents and other systems push instead. */
export const COLLECTORS = [prometheus] as const
