import type { InferResponseType } from 'hono/client'
import type { Client } from '#lib/api-client.ts'
import { formatDate, formatRelative } from '#lib/format.ts'

export type OwnKey = InferResponseType<Client['v1']['me']['key']['$get'], 200>

export const INCIDENTS = [
  { value: 'lost', label: 'Perdue' },
  { value: 'stolen', label: 'Volée' },
  { value: 'broken', label: 'Cassée, ou elle n’affiche plus rien' },
] as const

/** In: one's own key, and now (ISO 8601). Out: at most three sentences, the first on what it is able to do. */
export function sentencesOf(own: OwnKey, now: string): readonly string[] {
  const { key, situation } = own
  if (!key) return [situation]
  const used = own.lastAcceptedAt
    ? `Son dernier code a été accepté ${formatRelative(own.lastAcceptedAt, now)}.`
    : 'Aucun de ses codes n’a encore servi.'
  const ends = key.expiresOn
  const life = !ends
    ? []
    : ends < now.slice(0, 10)
      ? [
          `Sa fin de vie est passée (${formatDate(ends)}) : demandez son remplacement à votre supérieur direct.`,
        ]
      : [`Elle peut servir jusqu’au ${formatDate(ends)}.`]
  return [situation, used, ...life]
}
