import { typed } from '#lib/form-text.ts'
import type { HolderFile, HolderFunction } from './key-view.ts'
import { FUNCTION_WORDS } from './key-words.ts'

/** A field of the form: its name there, the API's pointer, its label and what helps to fill it. */
export interface HolderField {
  readonly name: keyof TypedHolder
  readonly pointer: string
  readonly label: string
  readonly hint?: string
  readonly kind?: 'email' | 'tel' | 'numeric'
  readonly maxlength: number
  /** Functions that ask for it; all of them when absent. */
  readonly of?: readonly HolderFunction[]
  /** Fixed once the holder is registered. */
  readonly fixed?: true
}

/** What the form holds, as typed. */
export interface TypedHolder {
  readonly fonction: string
  readonly identifiant: string
  readonly nom: string
  readonly uai: string
  readonly circonscription: string
  readonly departement: string
  readonly commune: string
  readonly ordre: string
  readonly telephone: string
  readonly mail: string
  readonly societe: string
}

const NAMED: readonly HolderFunction[] = [
  'directeur_ecole',
  'enseignant',
  'chef_etablissement',
  'ien',
  'personnel',
  'externe',
]
const OF_A_SCHOOL: readonly HolderFunction[] = ['directeur_ecole', 'enseignant', 'chef_etablissement']
const STAFF: readonly HolderFunction[] = ['personnel', 'externe']

export const HOLDER_FIELDS: readonly HolderField[] = [
  {
    name: 'identifiant',
    pointer: '/login',
    label: 'Identifiant dans l’annuaire de l’académie',
    maxlength: 120,
    of: NAMED,
    fixed: true,
  },
  { name: 'nom', pointer: '/displayName', label: 'Prénom et nom', maxlength: 120, of: NAMED },
  {
    name: 'uai',
    pointer: '/uai',
    label: 'UAI de l’établissement',
    hint: 'Sept chiffres et une lettre.',
    maxlength: 8,
    of: [...OF_A_SCHOOL, ...STAFF],
  },
  {
    name: 'circonscription',
    pointer: '/circonscription',
    label: 'Code de la circonscription',
    maxlength: 60,
    of: ['ien'],
  },
  {
    name: 'departement',
    pointer: '/departement',
    label: 'Code du département',
    hint: 'Sans lui, le porteur relève de l’académie.',
    maxlength: 3,
    of: STAFF,
  },
  {
    name: 'commune',
    pointer: '/communeCode',
    label: 'Code INSEE de la commune',
    hint: 'Cinq caractères, comme 34172. L’identifiant de la mairie en découle.',
    maxlength: 5,
    of: ['mairie'],
    fixed: true,
  },
  {
    name: 'ordre',
    pointer: '/orderNumber',
    label: 'Rang de la clé dans la mairie',
    hint: '1 pour la première.',
    kind: 'numeric',
    maxlength: 2,
    of: ['mairie'],
    fixed: true,
  },
  { name: 'societe', pointer: '/company', label: 'Société', maxlength: 120, of: ['externe'] },
  {
    name: 'telephone',
    pointer: '/callBackNumber',
    label: 'Téléphone de rappel',
    hint: 'Le numéro connu, que l’on rappelle avant tout acte sensible.',
    kind: 'tel',
    maxlength: 25,
  },
  { name: 'mail', pointer: '/mail', label: 'Adresse électronique', kind: 'email', maxlength: 254 },
]

export const NOTHING_TYPED: TypedHolder = {
  fonction: '',
  identifiant: '',
  nom: '',
  uai: '',
  circonscription: '',
  departement: '',
  commune: '',
  ordre: '',
  telephone: '',
  mail: '',
  societe: '',
}

/** In: the form of a holder. Out: what was typed, trimmed. */
export function readHolderForm(form: FormData): TypedHolder {
  const names = Object.keys(NOTHING_TYPED) as (keyof TypedHolder)[]
  return { ...NOTHING_TYPED, ...Object.fromEntries(names.map((name) => [name, typed(form, name)])) }
}

/** In: a holder's file. Out: what its form shows. */
export const asTyped = (holder: HolderFile): TypedHolder => ({
  fonction: holder.function,
  identifiant: holder.login,
  nom: holder.displayName,
  uai: holder.uai ?? '',
  circonscription: holder.circonscription ?? '',
  departement: holder.departement ?? '',
  commune: holder.communeCode ?? '',
  ordre: holder.orderNumber === null ? '' : String(holder.orderNumber),
  telephone: holder.callBackNumber ?? '',
  mail: holder.mail ?? '',
  societe: holder.company ?? '',
})

export const isFunction = (name: string): name is HolderFunction => Object.hasOwn(FUNCTION_WORDS, name)

/** What the function asks for, and nothing of the fields that it hides. */
function asked(typedHolder: TypedHolder, holderFunction: HolderFunction): TypedHolder {
  const hidden = HOLDER_FIELDS.filter(({ of }) => of !== undefined && !of.includes(holderFunction))
  return { ...typedHolder, ...Object.fromEntries(hidden.map(({ name }) => [name, ''])) }
}

/** The narrowest place that was given: the establishment, else the circonscription, else the département. */
const placeOf = ({ uai, circonscription, departement }: TypedHolder) =>
  uai ? { uai } : circonscription ? { circonscription } : departement ? { departement } : {}

/** In: what was typed for a new holder. Out: the body to send. */
export function asNewHolder(given: TypedHolder, holderFunction: HolderFunction) {
  const { identifiant, nom, commune, ordre, telephone, mail, societe, ...place } = asked(
    given,
    holderFunction,
  )
  return {
    function: holderFunction,
    ...(identifiant ? { login: identifiant } : {}),
    ...(nom ? { displayName: nom } : {}),
    ...placeOf({ ...NOTHING_TYPED, ...place }),
    ...(commune ? { communeCode: commune } : {}),
    ...(ordre ? { orderNumber: Number(ordre) } : {}),
    ...(telephone ? { callBackNumber: telephone } : {}),
    ...(mail ? { mail } : {}),
    ...(societe ? { company: societe } : {}),
  }
}

/** In: what was typed over a holder's file. Out: the change to send; an emptied number or address is cleared. */
export function asHolderChange(given: TypedHolder, holderFunction: HolderFunction) {
  const { nom, telephone, mail, societe, ...place } = asked(given, holderFunction)
  return {
    function: holderFunction,
    ...(nom ? { displayName: nom } : {}),
    ...(holderFunction === 'mairie' ? {} : placeOf({ ...NOTHING_TYPED, ...place })),
    callBackNumber: telephone || null,
    mail: mail || null,
    ...(holderFunction === 'externe' ? { company: societe || null } : {}),
  }
}
