import { z } from 'zod'
import type { Config } from '../../context.ts'
import { keyringOf } from '../../secrets/keyring.ts'
import { openSeed, sealSeed } from '../../secrets/seal.ts'
import { OutgoingError } from './outgoing-request.ts'

/** Secrets of a connector: what signs a webhook, or what opens a session of GLPI. */
export type ConnectorSecrets =
  | { readonly kind: 'webhook'; readonly signingKey: string }
  | { readonly kind: 'glpi'; readonly appToken: string | null; readonly userToken: string }

export interface SealedSecrets {
  readonly secretSealed: Uint8Array
  readonly sealKeyId: string
}

const UNREADABLE =
  'Les secrets de ce connecteur ne s’ouvrent plus : remettez l’ancienne clé maîtresse, ou donnez-les de nouveau.'

const secretsSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('webhook'), signingKey: z.string() }),
  z.object({ kind: z.literal('glpi'), appToken: z.string().nullable(), userToken: z.string() }),
])

/** A seal holds for one connector: moved to another row, it no longer opens. */
const boundTo = (connectorId: string) => `connector:${connectorId}`

/** Seals under the current master key. */
export function sealSecrets(config: Config, connectorId: string, secrets: ConnectorSecrets): SealedSecrets {
  const text = new TextEncoder().encode(JSON.stringify(secrets))
  const { seedSealed, sealKeyId } = sealSeed(keyringOf(config), boundTo(connectorId), text)
  return { secretSealed: seedSealed, sealKeyId }
}

/** Errors: `Error` when the master key that sealed them is not configured, or when the row was tampered with. */
export function openSecrets(config: Config, connectorId: string, sealed: SealedSecrets): ConnectorSecrets {
  const { secretSealed, sealKeyId } = sealed
  const text = openSeed(keyringOf(config), boundTo(connectorId), { seedSealed: secretSealed, sealKeyId })
  return secretsSchema.parse(JSON.parse(new TextDecoder().decode(text)))
}

/** Secrets of one kind, for an exchange. Errors: `OutgoingError`, whose words are shown, when they do not open. */
export function secretsFor<K extends ConnectorSecrets['kind']>(
  config: Config,
  kind: K,
  connector: SealedSecrets & { readonly id: string },
): Extract<ConnectorSecrets, { kind: K }> {
  try {
    const secrets = openSecrets(config, connector.id, connector)
    if (secrets.kind === kind) return secrets as Extract<ConnectorSecrets, { kind: K }>
  } catch (error) {
    throw new OutgoingError(UNREADABLE, false, { cause: error, affectsAll: true })
  }
  throw new OutgoingError(UNREADABLE, false, { affectsAll: true })
}

/** A new signing key, as Standard Webhooks writes it: `whsec_` and 32 bytes in base64. */
export const mintSigningKey = (bytes: Uint8Array): string => `whsec_${Buffer.from(bytes).toString('base64')}`
