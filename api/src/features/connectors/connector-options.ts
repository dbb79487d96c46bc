import type { ConnectorKind } from './schema.ts'

/** What a person chose for a connector, beside its address and its secrets. */
export interface ConnectorOptions {
  readonly allowHttp: boolean
  readonly entity: number | null
  readonly category: number | null
  readonly resolveWithTicket: boolean
  readonly solveTicket: boolean
}

export const KIND_LABELS: Readonly<Record<ConnectorKind, string>> = {
  webhook: 'Webhook signé',
  glpi: 'GLPI',
}

/** In: options as the database keeps them. */
export const readOptions = (stored: Readonly<Record<string, string>>): ConnectorOptions => ({
  allowHttp: stored['allowHttp'] === 'oui',
  entity: stored['entity'] === undefined ? null : Number(stored['entity']),
  category: stored['category'] === undefined ? null : Number(stored['category']),
  resolveWithTicket: stored['resolveWithTicket'] === 'oui',
  solveTicket: stored['solveTicket'] === 'oui',
})

/** Out: options as the database keeps them; what is absent is not chosen. */
export const storeOptions = (options: ConnectorOptions): Record<string, string> => ({
  ...(options.allowHttp ? { allowHttp: 'oui' } : {}),
  ...(options.entity === null ? {} : { entity: String(options.entity) }),
  ...(options.category === null ? {} : { category: String(options.category) }),
  ...(options.resolveWithTicket ? { resolveWithTicket: 'oui' } : {}),
  ...(options.solveTicket ? { solveTicket: 'oui' } : {}),
})
