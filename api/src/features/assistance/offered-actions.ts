import { FAILURES_BEFORE_LOCK, HELD_STATES } from '@vigie/rules'
import type { CredentialRow, HolderRow, KeyRow } from '../keys/key-row.ts'
import type { AssistanceAction } from './schema.ts'

export interface Helped {
  readonly holder: HolderRow
  readonly key: KeyRow | null
  readonly credential: CredentialRow | null
  /** A replacement is already under way. */
  readonly replacing: boolean
}

export interface OfferedAction {
  readonly action: AssistanceAction
  readonly label: string
  readonly consequence: string
  readonly needsCallBack: boolean
  readonly callBackNumber: string | null
  /** Why it waits and what to do first; null when it can be done. */
  readonly obstacle: string | null
}

interface ActionRule {
  readonly label: string
  readonly consequence: string
  readonly needsCallBack: boolean
  /** True when the action makes sense for that person now. */
  readonly fits: (helped: Helped, now: Date) => boolean
}

const isActive = ({ key, credential }: Helped) => key?.state === 'active' && credential?.active === true
const isSlowed = ({ credential }: Helped, now: Date) =>
  (credential?.failCount ?? 0) > 0 && (credential?.pausedUntil ?? now) > now

/** What the help desk does (Montpellier 2008, chapter 6), each act with what it changes. */
export const ACTION_RULES: Readonly<Record<AssistanceAction, ActionRule>> = {
  unlock: {
    label: 'Déverrouiller la clé',
    consequence: 'Les échecs sont effacés ; la clé sert de nouveau, avec le même code PIN.',
    needsCallBack: true,
    fits: (helped, now) => helped.key?.state === 'locked' || (isActive(helped) && isSlowed(helped, now)),
  },
  reset_pin: {
    label: 'Effacer le code PIN oublié',
    consequence:
      'La clé ne sert plus tant que le porteur n’a pas choisi un autre code PIN, dans « Ma clé » avec un code de sa clé, ou chez son supérieur. Vous ne voyez ni l’ancien ni le nouveau.',
    needsCallBack: true,
    fits: (helped) => isActive(helped) && helped.credential?.pepperId != null,
  },
  resynchronise: {
    label: 'Resynchroniser la clé',
    consequence:
      'Le porteur dicte deux codes qui se suivent ; la clé et Vigie se retrouvent. Chaque essai manqué compte comme un échec.',
    needsCallBack: false,
    fits: (helped) => isActive(helped) && (helped.credential?.failCount ?? 0) < FAILURES_BEFORE_LOCK,
  },
  temporary_password: {
    label: 'Dépanner une clé oubliée',
    consequence:
      'Un mot de passe à durée limitée remplace la clé pour quelques heures. Il ne s’affiche qu’une fois, remplace le précédent et cesse avec la clé.',
    needsCallBack: true,
    fits: isActive,
  },
  replacement: {
    label: 'Demander le remplacement de la clé',
    consequence:
      'Une clé perdue, volée ou cassée cesse aussitôt de fonctionner ; le supérieur direct approuve, puis une autre clé est préparée et remise.',
    needsCallBack: false,
    fits: ({ key, replacing }) =>
      key !== null && !replacing && key.kind === 'hardware' && STOPPABLE.has(key.state),
  },
}

const STOPPABLE: ReadonlySet<string> = new Set([...HELD_STATES, 'lost', 'stolen', 'broken', 'revoked'])

/** In: a person, their key and now. Out: the acts that make sense now, with what keeps one of them waiting. */
export function offeredActions(helped: Helped, now: Date): OfferedAction[] {
  const { holder } = helped
  if (holder.departedAt || holder.erasedAt) return []
  return (Object.keys(ACTION_RULES) as AssistanceAction[])
    .filter((action) => ACTION_RULES[action].fits(helped, now))
    .map((action) => {
      const { label, consequence, needsCallBack } = ACTION_RULES[action]
      return {
        action,
        label,
        consequence,
        needsCallBack,
        callBackNumber: holder.callBackNumber,
        obstacle: obstacleTo(action, helped),
      }
    })
}

function obstacleTo(action: AssistanceAction, { holder, key, credential }: Helped): string | null {
  if (ACTION_RULES[action].needsCallBack && !holder.callBackNumber)
    return 'Aucun numéro connu pour rappeler ce porteur : faites-le inscrire sur sa fiche par le gestionnaire de ses clés.'
  // The password takes the place of the code, not of the PIN.
  if (action === 'temporary_password' && key?.kind === 'hardware' && credential?.pepperId == null)
    return 'Le code PIN est effacé, et se choisit avec un code de la clé : sans elle, le mot de passe ne servirait à rien.'
  return null
}
