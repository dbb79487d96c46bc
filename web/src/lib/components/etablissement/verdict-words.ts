import type { FilterCause } from './requirement-filter.ts'

export type Basis = 'observed' | 'declared' | 'confirmed' | 'contradiction' | 'arbitrated' | 'none'

/** How the status was reached, in one sentence that a head of school understands. */
export const BASIS_WORDS: Readonly<Record<Basis, string>> = {
  observed: 'Ce statut vient de mesures automatiques ; personne n’a eu à le déclarer.',
  declared: 'Ce statut vient de votre déclaration ; aucune mesure récente ne la confirme.',
  confirmed: 'Les mesures et votre déclaration disent la même chose.',
  contradiction:
    'Les mesures et votre déclaration ne disent pas la même chose. Le moins bon des deux compte, jusqu’à ce que le responsable de la sécurité de l’académie tranche.',
  arbitrated: 'Le responsable de la sécurité de l’académie a tranché entre les mesures et votre déclaration.',
  none: 'Rien ne permet de se prononcer aujourd’hui.',
}

export interface Guidance {
  readonly title: string
  readonly meaning: string
  readonly next: string
}

/** What an absence of proof means, and what to do about it: never that the requirement is failed. */
export const CAUSE_GUIDANCE: Readonly<Record<FilterCause, Guidance>> = {
  never_observed: {
    title: 'Jamais vu',
    meaning:
      'Aucune mesure n’est encore parvenue à Vigie. Cela ne veut pas dire que l’exigence n’est pas tenue : personne ne l’a encore montré.',
    next: 'Si vous savez ce qu’il en est, déclarez-le. Sinon, demandez à qui gère le réseau de relier ses outils à Vigie.',
  },
  stale: {
    title: 'Périmé',
    meaning:
      'Une mesure a existé, mais elle est trop ancienne pour prouver quoi que ce soit aujourd’hui. Le dernier résultat connu reste lisible dans le détail de l’exigence.',
    next: 'Demandez une nouvelle mesure à qui gère le réseau : le plus souvent, un poste ou un outil a cessé d’envoyer ses relevés.',
  },
  collector_failed: {
    title: 'Collecte muette',
    meaning:
      'Le système qui devait répondre n’a pas répondu, ou ses chiffres se contredisent. L’établissement n’y est pour rien en principe.',
    next: 'Signalez la panne de collecte à l’académie ; inutile de refaire une déclaration pour cela.',
  },
  manual: {
    title: 'À déclarer',
    meaning:
      'Aucun système ne peut observer cette exigence : elle tient à une organisation, un document ou une habitude. Seule votre réponse peut la renseigner.',
    next: 'La réponse de l’établissement suffit, avec la pièce qui la montre s’il y en a une. Elle vaut douze mois.',
  },
}

export interface ServiceTrend {
  readonly direction: 'up' | 'down' | 'steady'
  readonly gained: number
  readonly lost: number
}

const TREND_WORDS = { up: 'en progrès', down: 'en recul', steady: 'stable' } as const
export const TREND_SIGNS = { up: '↗', down: '↘', steady: '→' } as const

/** In: requirements won and lost since the school year began. Out: « en progrès (+3, −1) », « stable ». */
export function trendWords({ direction, gained, lost }: ServiceTrend): string {
  const moves = [gained > 0 ? `+${gained}` : '', lost > 0 ? `−${lost}` : ''].filter((move) => move !== '')
  return moves.length > 0 ? `${TREND_WORDS[direction]} (${moves.join(', ')})` : TREND_WORDS[direction]
}
