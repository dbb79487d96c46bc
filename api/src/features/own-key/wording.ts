import type { KeyState } from '@vigie/rules'

/** Where one's own key stands, as its holder reads it. */
export const SITUATIONS: Readonly<Record<KeyState, string>> = {
  stock: 'Aucune clé n’est à votre nom.',
  initialised: 'Une clé est préparée à votre nom : votre supérieur direct vous la remettra en main propre.',
  handed_over:
    'Votre clé vous a été remise mais n’est pas encore active : terminez la remise avec votre supérieur.',
  active: 'Votre clé fonctionne.',
  paused: 'Votre clé est suspendue : voyez avec votre supérieur direct pour la remettre en service.',
  locked:
    'Votre clé est verrouillée après trop d’essais manqués : appelez l’assistance, qui vous rappellera.',
  lost: 'Votre clé est signalée perdue : elle ne fonctionne plus.',
  stolen: 'Votre clé est signalée volée : elle ne fonctionne plus.',
  broken: 'Votre clé est signalée cassée : elle ne fonctionne plus.',
  revoked: 'Votre clé est révoquée : rendez-la à votre supérieur direct si vous l’avez encore.',
  returned: 'Aucune clé n’est à votre nom.',
  scrapped: 'Aucune clé n’est à votre nom.',
}

export const NO_KEY =
  'Aucune clé n’est à votre nom. Si vos applications en demandent une, adressez-vous à votre supérieur direct.'
export const NO_PIN_YET =
  'Votre clé est active, mais votre code PIN a été effacé : choisissez-en un autre ci-dessous.'
export const SLOWED =
  'Des essais ont échoué : attendez la fin du délai avant de réessayer, ou appelez l’assistance.'

export const FORGOTTEN_KEY =
  'Vigie ne peut pas remplacer ici une clé oubliée. Appelez l’assistance : elle vous rappelle au numéro connu et vous donne un mot de passe valable quelques heures.'
export const REFUSED_CODE =
  'Ce code n’a pas été accepté. Attendez le code suivant ; s’il est refusé aussi, resynchronisez la clé ou appelez l’assistance.'
