import { createHash, createHmac, hkdfSync } from 'node:crypto'

/** One entry as it is hashed; instants in UTC to the microsecond. */
export interface HashedEntry {
  readonly id: string
  readonly at: string
  readonly actorKind: string
  readonly actorId: string
  readonly action: string
  readonly subjectKind: string
  readonly subjectId: string
  readonly uai: string | null
  readonly details: Readonly<Record<string, unknown>>
  readonly requestId: string | null
}

/** What a batch binds together; `hash` and `mac` follow from it. */
export interface BatchContent {
  readonly sequence: number
  readonly sealedAt: Date
  readonly fromAt: Date
  readonly toAt: Date
  readonly entryIds: readonly bigint[]
  readonly entryHashes: readonly string[]
  readonly previousHash: string
}

/** Chain of the first batch. */
export const GENESIS = '0'.repeat(64)

/** JSON with its keys sorted at every depth: one text for one value, whatever the engine gave back. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`)
    return `{${members.join(',')}}`
  }
  return JSON.stringify(value)
}

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex')

export const hashEntry = (entry: HashedEntry): string => sha256(canonicalJson(entry))

/** SHA-256 over the former batch, the order and the instants of this one, and the hash of each of its entries. */
export const hashBatch = (batch: BatchContent): string =>
  sha256(
    [
      'vigie journal 1',
      batch.previousHash,
      String(batch.sequence),
      batch.sealedAt.toISOString(),
      batch.fromAt.toISOString(),
      batch.toAt.toISOString(),
      ...batch.entryIds.map((id, index) => `${id} ${batch.entryHashes[index] ?? ''}`),
    ].join('\n'),
  )

export interface JournalKey {
  /** Names the key without giving it away. */
  readonly id: string
  mac(hash: string): string
}

/** Key of the journal, derived from the master key (RFC 5869): without it a recomputed chain is not accepted. */
export function journalKey(masterKey: Uint8Array): JournalKey {
  const key = new Uint8Array(hkdfSync('sha256', masterKey, '', 'vigie journal seal 1', 32))
  return {
    id: createHash('sha256').update(key).digest('hex').slice(0, 16),
    mac: (hash) => createHmac('sha256', key).update(hash, 'utf8').digest('hex'),
  }
}
