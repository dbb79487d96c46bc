/** Function for which a key is held: it decides who binds, hands over and takes back. */
export type HolderFunction =
  'directeur_ecole' | 'mairie' | 'enseignant' | 'chef_etablissement' | 'ien' | 'personnel' | 'externe'

export const HOLDER_FUNCTIONS: readonly HolderFunction[] = [
  'directeur_ecole',
  'mairie',
  'enseignant',
  'chef_etablissement',
  'ien',
  'personnel',
  'externe',
]

/** Direct superior, who hands the key over face to face and takes it back (Montpellier 2008, chapter 3). */
export function superiorOf(holder: HolderFunction): 'ien' | 'chef_etablissement' | 'diaser' {
  switch (holder) {
    case 'directeur_ecole':
    case 'mairie':
      return 'ien'
    case 'enseignant':
      return 'chef_etablissement'
    default:
      return 'diaser'
  }
}

/**
 * Who binds, revokes and puts back in stock: the OSP of the département for the first degree, the division of the
 * académie for the rest (Montpellier 2008, chapters 2 and 5).
 */
export const managerOf = (holder: HolderFunction): 'osp' | 'diaser' =>
  holder === 'directeur_ecole' || holder === 'mairie' || holder === 'ien' ? 'osp' : 'diaser'

/** Functional login of a mairie: INSEE code of the commune, then the order number when there are several keys. */
export const mairieLogin = (communeCode: string, orderNumber: number): string =>
  `${communeCode.toLowerCase()}-${String(orderNumber).padStart(2, '0')}`
