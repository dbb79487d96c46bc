export type Level = 'E' | 'R' | 'F'
export type Degree = 'd1' | 'd2'
export type Family = 'INF' | 'MCO' | 'UTI'

export const LEVEL_WORDS: Readonly<Record<Level, string>> = { E: 'Exigé', R: 'Recommandé', F: 'Facultatif' }

export const LEVEL_MEANINGS: Readonly<Record<Level, string>> = {
  E: 'À tenir dans tous les cas. C’est ce que mesure le taux des exigées.',
  R: 'À tenir, sauf raison sérieuse, pesée et écrite : une dérogation peut alors être accordée.',
  F: 'Utile si l’établissement en a besoin ; son absence ne compte pas contre lui.',
}

export const MODAL_MEANINGS: readonly { readonly modal: string; readonly meaning: string }[] = [
  { modal: 'DOIT', meaning: 'Obligation. Aucune exception n’est prévue.' },
  { modal: 'NE DOIT PAS', meaning: 'Interdiction. Aucune exception n’est prévue.' },
  { modal: 'DEVRAIT', meaning: 'Recommandation. On peut s’en écarter pour une raison pesée, et écrite.' },
  { modal: 'PEUT', meaning: 'Possibilité. Le choix est laissé à l’établissement.' },
]

export const DEGREE_WORDS: Readonly<Record<Degree, string>> = { d1: '1er degré', d2: '2d degré' }

export const FAMILIES: readonly { readonly id: Family; readonly name: string }[] = [
  { id: 'INF', name: 'Infrastructure' },
  { id: 'MCO', name: 'Maintien en conditions opérationnelles' },
  { id: 'UTI', name: 'Services aux utilisateurs' },
]

/** What the figures of Vigie mean, for `Term`. */
export const MEASURES = {
  index:
    'De 0 à 100 : le taux des exigences tenues, modulé par celui des recommandations (100 × exigées × (0,6 + 0,4 × recommandées)).',
  exige:
    'Exigences obligatoires tenues, sur toutes celles qui s’appliquent. Sans preuve compte comme non tenu, partiel pour moitié.',
  recommande:
    'Recommandations suivies, sur toutes celles qui s’appliquent ; celles qui ont une dérogation n’y comptent pas.',
  coverage:
    'Part des exigences dont l’état est connu aujourd’hui, par une preuve encore valable ou une déclaration en cours.',
} as const
