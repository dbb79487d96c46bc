import { createHash, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'
import type { Config } from '../context.ts'

/**
 * Keys derived from one master key (RFC 5869), one per use; `id` names the master key without giving it away. They are
 * key objects: handing bytes over at each use costs five times the use itself.
 */
export interface DerivedKeys {
  readonly id: string
  readonly seal: KeyObject
  readonly pepper: KeyObject
  readonly fingerprint: KeyObject
}

/** The current master key's, and those of the master keys it replaced: what they sealed still opens. */
export interface Keyring {
  readonly current: DerivedKeys
  /** Errors: `Error` when no master key of that id is configured. */
  find(id: string): DerivedKeys
}

const derive = (masterKey: Uint8Array, use: string) =>
  new Uint8Array(hkdfSync('sha256', masterKey, '', use, 32))

function derivedFrom(masterKey: Uint8Array): DerivedKeys {
  return {
    id: createHash('sha256').update(derive(masterKey, 'vigie key id 1')).digest('hex').slice(0, 16),
    seal: createSecretKey(derive(masterKey, 'vigie otp seed seal 1')),
    pepper: createSecretKey(derive(masterKey, 'vigie otp pin pepper 1')),
    fingerprint: createSecretKey(derive(masterKey, 'vigie otp fingerprint 1')),
  }
}

const rings = new WeakMap<Config, Keyring>()

/** Out: the keyring of this configuration, derived once. */
export function keyringOf(config: Config): Keyring {
  const known = rings.get(config)
  if (known) return known
  const current = derivedFrom(config.masterKey)
  const all = new Map([...config.formerMasterKeys.map(derivedFrom), current].map((keys) => [keys.id, keys]))
  const ring: Keyring = {
    current,
    find: (id) => {
      const keys = all.get(id)
      if (!keys)
        throw new Error(`no master key ${id}: configure the former master key that sealed this secret`)
      return keys
    },
  }
  rings.set(config, ring)
  return ring
}
