import { Counter, type Registry } from 'prom-client'
import { gaugesIn, only } from './gauge.ts'

export const REFUSED_PEERS = ['no_certificate', 'untrusted', 'unknown', 'handshake', 'too_many'] as const
export type RefusedPeer = (typeof REFUSED_PEERS)[number]

const FORMATS = ['structured', 'unstructured'] as const
const BREAKS = ['newline_framing', 'length'] as const

export interface SyslogMeters {
  /** This process receives journals: its series begin at zero. */
  declare(): void
  received(structured: boolean): void
  refused(reason: RefusedPeer): void
  broken(reason: (typeof BREAKS)[number]): void
  committed(outcome: 'success' | 'failure'): void
  set(reading: { readonly connections: number; readonly pending: number }): void
}

/** Registers the meters of the receiver of journals; no label comes from what is received. */
export function createSyslogMeters(registry: Registry): SyslogMeters {
  const registers = [registry]
  const counter = (name: string, help: string, label: string) =>
    new Counter({ name, help, labelNames: [label], registers })
  const received = counter('syslog_messages_total', 'Journal messages received, by format.', 'format')
  const refused = counter('syslog_refused_peers_total', 'Peers that the receiver refused.', 'reason')
  const broken = counter(
    'syslog_broken_connections_total',
    'Connections ended because their bytes were no frames.',
    'reason',
  )
  const commits = counter('syslog_commits_total', 'Batches of counts written to the database.', 'outcome')
  const gauge = gaugesIn(registry)
  const connections = gauge('syslog_connections', 'Connections of known sources.')
  const pending = gauge('syslog_pending_messages', 'Messages counted but not yet committed.')
  return {
    declare: () => {
      for (const format of FORMATS) received.inc({ format }, 0)
      for (const reason of REFUSED_PEERS) refused.inc({ reason }, 0)
      for (const reason of BREAKS) broken.inc({ reason }, 0)
      for (const outcome of ['success', 'failure']) commits.inc({ outcome }, 0)
    },
    received: (structured) => received.inc({ format: structured ? 'structured' : 'unstructured' }),
    refused: (reason) => refused.inc({ reason }),
    broken: (reason) => broken.inc({ reason }),
    committed: (outcome) => commits.inc({ outcome }),
    set: (reading) => {
      connections.replace(only(reading.connections))
      pending.replace(only(reading.pending))
    },
  }
}
