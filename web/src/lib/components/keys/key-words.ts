import type {
  HistoryEntry,
  HolderFile,
  HolderFunction,
  KeyState,
  KeyTransition,
  SlipRow,
} from './key-view.ts'

/** States in words, where a page has no row of the API to take them from. */
export const STATE_WORDS: Readonly<Record<KeyState, string>> = {
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

/** What was done, as the history tells it; `to` leads to the holder's name. */
const DONE: Readonly<Record<KeyTransition, { readonly words: string; readonly to?: string }>> = {
  bind: { words: 'Attribuée', to: 'à' },
  unbind: { words: 'Attribution annulée' },
  hand_over: { words: 'Remise en main propre', to: 'à' },
  undo_hand_over: { words: 'Remise annulée' },
  activate: { words: 'Activée : premier code accepté' },
  pause: { words: 'Suspendue' },
  resume: { words: 'Remise en service' },
  lock: { words: 'Verrouillée, essais épuisés' },
  unlock: { words: 'Déverrouillée' },
  report_lost: { words: 'Déclarée perdue' },
  report_stolen: { words: 'Déclarée volée' },
  report_broken: { words: 'Déclarée cassée' },
  revoke: { words: 'Révoquée' },
  take_back: { words: 'Restituée', to: 'par' },
  restock: { words: 'Remise en stock' },
  scrap: { words: 'Mise au rebut' },
}

/** In: an entry of a history. Out: what was done, in the past; the API's own words for what is not a transition. */
export const doneWords = ({
  transition,
  transitionLabel,
}: Pick<HistoryEntry, 'transition' | 'transitionLabel'>): { words: string; to?: string } =>
  isTransition(transition) ? DONE[transition] : { words: transitionLabel }

export const isTransition = (name: string): name is KeyTransition => Object.hasOwn(DONE, name)

export const FUNCTION_WORDS: Readonly<Record<HolderFunction, string>> = {
  directeur_ecole: 'Directeur d’école',
  mairie: 'Mairie',
  enseignant: 'Enseignant du second degré',
  chef_etablissement: 'Chef d’établissement',
  ien: 'Inspecteur de l’Éducation nationale',
  personnel: 'Personnel de l’académie',
  externe: 'Intervenant extérieur',
}

export const SLIP_KINDS: Readonly<Record<SlipRow['kind'], string>> = {
  recapitulatif_expedition: 'Récapitulatif d’expédition',
  recapitulatif_remise: 'Récapitulatif de remise',
  remise_directeur: 'Remise individuelle',
  remise_mairie: 'Remise à une mairie',
  restitution_directeur: 'Restitution individuelle',
  restitution_mairie: 'Restitution par une mairie',
  recapitulatif_restitution: 'Récapitulatif de restitution',
}

export const PROCEDURE_WORDS: Readonly<Record<HolderFile['procedures'][number]['kind'], string>> = {
  stand_in: 'Remplacement d’un absent',
  return_of_holder: 'Retour du porteur absent',
  replacement: 'Remplacement d’une clé',
  departure: 'Départ en fin d’année scolaire',
  first_appointment: 'Première nomination',
}

/** Acts that cannot be taken back: the serial is typed to confirm. */
export const IRREVERSIBLE: readonly string[] = ['revoke', 'scrap']

/** Acts that a page shows apart, with their weight. */
export const GRAVE: readonly string[] = [...IRREVERSIBLE, 'report_lost', 'report_stolen', 'report_broken']
