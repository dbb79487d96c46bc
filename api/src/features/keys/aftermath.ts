import type { schema } from '@vigie/db'
import { KEY_LIFE, type KeyTransition } from '@vigie/rules'
import type { HolderRow, KeyRow } from './key-row.ts'

type KeyChange = Pick<KeyRow, 'holderId' | 'departement' | 'circonscription' | 'uai'>
type CredentialChange = Partial<typeof schema.otpCredential.$inferInsert>

const NO_PIN = { pinMac: null, pepperId: null }
const NO_TEMPORARY = { temporaryMac: null, temporaryUntil: null }
const NO_FAILURE = { failCount: 0, pausedUntil: null }

/** Who holds the key after a transition, and where it stands: it follows its holder, then goes home. */
export function keyAfter(name: KeyTransition, key: KeyRow, holder: HolderRow | null): KeyChange {
  const { departement, circonscription, uai } = name === 'bind' && holder ? holder : key
  switch (KEY_LIFE[name].to) {
    case 'stock':
    case 'scrapped':
      return { holderId: null, departement, circonscription: null, uai: null }
    // Still on the desk of whom it was given back to.
    case 'returned':
      return { holderId: null, departement, circonscription, uai }
    default:
      return { holderId: holder?.id ?? null, departement, circonscription, uai }
  }
}

/** What verification may use after a transition: a credential is active exactly while its key is. */
export function credentialAfter(name: KeyTransition, key: KeyRow): CredentialChange {
  const active = KEY_LIFE[name].to === 'active'
  switch (name) {
    case 'bind':
      return { keyId: key.id, active, ...NO_PIN, ...NO_TEMPORARY, ...NO_FAILURE }
    case 'hand_over':
      return { active, ...NO_PIN, ...NO_FAILURE }
    case 'undo_hand_over':
      return { active, ...NO_PIN }
    case 'unlock':
      return { active, ...NO_FAILURE }
    case 'report_lost':
    case 'report_stolen':
    case 'report_broken':
    case 'revoke':
      return { active, ...NO_TEMPORARY }
    case 'unbind':
    case 'take_back':
    case 'restock':
    case 'scrap':
      return { keyId: null, active, ...NO_PIN, ...NO_TEMPORARY, ...NO_FAILURE }
    default:
      return { active }
  }
}
