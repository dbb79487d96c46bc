import type { HolderFunction } from './holder.ts'
import type { KeyActor, KeyState, KeyTransition, Precondition } from './life.ts'

/** A key's state, as screens and refusals name it. */
export const KEY_STATE_LABELS: Readonly<Record<KeyState, string>> = {
  stock: 'En stock',
  initialised: 'Préparée',
  handed_over: 'Remise, à activer',
  active: 'Active',
  paused: 'Suspendue',
  locked: 'Verrouillée',
  lost: 'Perdue',
  stolen: 'Volée',
  broken: 'Cassée',
  revoked: 'Révoquée',
  returned: 'Restituée',
  scrapped: 'Détruite',
}

/** What a key's history holds beside transitions: its arrival, and its way to a département, which leave it in stock. */
export const STOCK_EVENT_LABELS: Readonly<Record<string, string>> = {
  import: 'Entrée au stock',
  ship: 'Expédition au département',
  receive: 'Réception par le département',
  call_back: 'Expédition annulée',
}

/** Acts on a key that change no state. */
export const KEY_ACT_LABELS: Readonly<Record<string, string>> = {
  enrol: 'Enregistrement d’une clé logicielle',
  delay_lifted: 'Délai levé après des essais manqués',
  pin_cleared: 'Code PIN effacé',
  pin_changed: 'Code PIN changé',
  resynchronised: 'Resynchronisation',
  temporary_password: 'Mot de passe à durée limitée',
}

export interface TransitionWording {
  /** The act, as a button names it. */
  readonly label: string
  /** What it will have changed, in one sentence. */
  readonly consequence: string
}

export const KEY_TRANSITION_WORDING: Readonly<Record<KeyTransition, TransitionWording>> = {
  bind: {
    label: 'Attribuer à un porteur',
    consequence: 'La clé est préparée pour ce porteur ; elle ne sert à rien tant qu’elle n’est pas remise.',
  },
  unbind: {
    label: 'Annuler l’attribution',
    consequence: 'La clé revient au stock et ne dépend plus d’aucun porteur.',
  },
  hand_over: {
    label: 'Remettre au porteur',
    consequence: 'Le bordereau de remise est établi ; le porteur choisit ensuite son code PIN.',
  },
  undo_hand_over: {
    label: 'Annuler la remise',
    consequence: 'La clé redevient préparée et le code PIN choisi est effacé.',
  },
  activate: {
    label: 'Activer',
    consequence: 'La clé ouvre désormais les applications de son porteur.',
  },
  pause: {
    label: 'Suspendre',
    consequence: 'La clé n’ouvre plus rien jusqu’à sa reprise.',
  },
  resume: {
    label: 'Reprendre',
    consequence: 'La clé ouvre de nouveau les applications de son porteur.',
  },
  lock: {
    label: 'Verrouiller',
    consequence:
      'Trop d’essais ont échoué : la clé n’ouvre plus rien jusqu’à l’intervention de l’assistance.',
  },
  unlock: {
    label: 'Déverrouiller',
    consequence: 'Les échecs sont effacés et la clé ouvre de nouveau les applications.',
  },
  report_lost: {
    label: 'Déclarer perdue',
    consequence: 'La clé n’ouvre plus rien, tout de suite et sans retour ; une autre peut être préparée.',
  },
  report_stolen: {
    label: 'Déclarer volée',
    consequence: 'La clé n’ouvre plus rien, tout de suite et sans retour ; une autre peut être préparée.',
  },
  report_broken: {
    label: 'Déclarer cassée',
    consequence: 'La clé n’ouvre plus rien ; une autre peut être préparée.',
  },
  revoke: {
    label: 'Révoquer',
    consequence: 'La clé est désactivée pour de bon ; elle reste à restituer.',
  },
  take_back: {
    label: 'Reprendre au porteur',
    consequence: 'Le bordereau de restitution est établi et le code PIN effacé.',
  },
  restock: {
    label: 'Remettre en stock',
    consequence: 'La clé peut être attribuée à un autre porteur ; son compteur continue.',
  },
  scrap: {
    label: 'Mettre au rebut',
    consequence: 'La clé quitte le parc définitivement.',
  },
}

/** What a transition still asks for, as a screen says it before the act. */
export const PRECONDITION_LABELS: Readonly<Record<Precondition, string>> = {
  holder: 'un porteur en fonction',
  not_expired: 'une clé qui n’a pas atteint sa fin de vie',
  face_to_face: 'l’identité du porteur vérifiée, en face à face',
  bordereau: 'un bordereau signé par le porteur',
  pin: 'un code PIN choisi par le porteur',
  first_code: 'un premier code accepté',
  call_back: 'un rappel au numéro connu du porteur',
  reason: 'un motif écrit',
  attempts_spent: 'des essais épuisés',
}

export const KEY_ACTOR_LABELS: Readonly<Record<KeyActor, string>> = {
  manager: 'le gestionnaire des clés de ce porteur (OSP du département ou division informatique)',
  superior: 'le supérieur direct du porteur',
  assistance: 'la plateforme d’assistance',
  holder: 'le porteur lui-même',
  system: 'Vigie',
}

export const HOLDER_FUNCTION_LABELS: Readonly<Record<HolderFunction, string>> = {
  directeur_ecole: 'Directeur d’école',
  mairie: 'Mairie',
  enseignant: 'Enseignant du second degré',
  chef_etablissement: 'Chef d’établissement',
  ien: 'Inspecteur de l’Éducation nationale',
  personnel: 'Personnel de l’académie',
  externe: 'Intervenant extérieur',
}
