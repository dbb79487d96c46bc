import type { HolderFunction } from '@vigie/rules'
import { toldOf, type PlannedEtablissement } from './etablissements.ts'
import { chanceOf, pick } from './sequence.ts'

/** What the story does with a holder's key. */
export type KeyFate =
  | 'active'
  | 'expiring'
  | 'initialised'
  | 'handed_over'
  | 'none'
  | 'absent'
  | 'coming_back'
  | 'lost'
  | 'stolen'
  | 'replaced'
  | 'leaving'
  | 'late'
  | 'gone'
  | 'invited'
  | 'appointed'
  | 'locked'
  | 'pin_cleared'
  | 'forgotten'
  | 'slowed'
  | 'revoked'

export interface PlannedHolder {
  readonly login: string
  readonly displayName: string
  readonly function: HolderFunction
  readonly uai?: string
  readonly circonscription?: string
  readonly communeCode?: string
  readonly departement: string
  /** Circonscription of the inspector who hands over; null in the second degree. */
  readonly inspector: string | null
  readonly mail: string
  readonly callBackNumber: string
  readonly fate: KeyFate
}

/** Fates that the story wants at least once, in the order of the circonscription whose inspector has an account. */
const TOLD: readonly KeyFate[] = [
  'active',
  'absent',
  'lost',
  'coming_back',
  'locked',
  'leaving',
  'stolen',
  'invited',
  'pin_cleared',
  'initialised',
  'replaced',
  'late',
  'forgotten',
  'handed_over',
  'appointed',
  'gone',
  'slowed',
  'revoked',
  'expiring',
]

const FIRST = [
  'Aurèle',
  'Bertille',
  'Côme',
  'Doriane',
  'Émeric',
  'Faustine',
  'Gaël',
  'Honorine',
  'Ismaël',
  'Jasmine',
  'Killian',
  'Ludivine',
  'Maxence',
  'Ninon',
  'Oscar',
  'Perrine',
  'Quentin',
  'Romane',
  'Sacha',
  'Thaïs',
  'Ulysse',
  'Violaine',
  'Wilfried',
  'Ysée',
] as const
const LAST = [
  'Valdoré',
  'Brissemont',
  'Castelroche',
  'Dorsemaine',
  'Estrabelle',
  'Fauvergne',
  'Grandcœur',
  'Hautebrise',
  'Issoudière',
  'Jolivallon',
  'Kerbelise',
  'Lormeraie',
  'Montfaucigny',
  'Noirébène',
  'Orlemont',
  'Pierrefonte',
  'Quincelle',
  'Rochebrune-Ayle',
  'Sauvemare',
  'Trémoulin',
  'Urvillois',
  'Vertefeuille',
] as const

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('œ', 'oe')
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, '-')

/** An invented person. In: what makes them the same on every run, and a rank that keeps them apart. */
export function personFor(seed: string, rank: number) {
  const first = pick(FIRST, seed, 'first')
  const last = LAST[(rank + Math.floor(chanceOf(seed, 'last') * 3)) % LAST.length] ?? LAST[0]
  const login = `${plain(first)}.${plain(last)}${rank + 1}`
  return {
    login,
    displayName: `${first} ${last}`,
    mail: `${login}@valmont.example`,
    callBackNumber: `+33 1 99 00 ${String(Math.floor(rank / 100) % 100).padStart(2, '0')} ${String(rank % 100).padStart(2, '0')}`,
  }
}

const isOpen = ({ closedOn, mother }: PlannedEtablissement) => closedOn === null && mother === null

/** Holders of the fictional académie, the same on every run; the first is the directeur who has an account. */
export function planHolders(items: readonly PlannedEtablissement[]): readonly PlannedHolder[] {
  const { college, ecole } = toldOf(items)
  const near = (item: PlannedEtablissement) =>
    item === ecole ? 0 : item.circonscription?.code === ecole.circonscription?.code ? 1 : 2
  const ecoles = items
    .filter((item) => isOpen(item) && item.circonscription !== null)
    .toSorted((a, b) => near(a) - near(b))
  const planned = [
    ...ecoles.map(directeurOf),
    ...mairiesOf(ecoles),
    ...inspectorsOf(ecoles),
    ...teachersOf(college),
  ]
  return planned.map((holder, rank) => ({
    ...personFor(`${holder.uai ?? holder.circonscription ?? holder.communeCode ?? ''} ${rank}`, rank),
    ...holder,
  }))
}

type Draft = Omit<PlannedHolder, 'login' | 'displayName' | 'mail' | 'callBackNumber'> &
  Partial<Pick<PlannedHolder, 'login' | 'displayName'>>

function directeurOf(item: PlannedEtablissement, rank: number): Draft {
  const usual: KeyFate =
    chanceOf(item.uai, 'key') < 0.15
      ? 'active'
      : chanceOf(item.uai, 'prepared') < 0.25
        ? 'initialised'
        : 'none'
  return {
    function: 'directeur_ecole',
    uai: item.uai,
    departement: item.commune.departement,
    inspector: item.circonscription?.code ?? null,
    fate: TOLD[rank] ?? usual,
    ...(rank === 0 ? { login: 'directeur.demo', displayName: 'Rémi Fontvieille' } : {}),
  }
}

function mairiesOf(ecoles: readonly PlannedEtablissement[]): Draft[] {
  const communes = new Map(
    ecoles.filter(({ prive }) => !prive).map((item) => [item.commune.code, item] as const),
  )
  return [...communes.values()]
    .filter((_, rank) => rank % 4 === 0)
    .map((item, rank) => ({
      function: 'mairie',
      communeCode: item.commune.code,
      departement: item.commune.departement,
      inspector: item.circonscription?.code ?? null,
      displayName: `Mairie de ${item.commune.name}`,
      fate: rank % 3 === 2 ? 'initialised' : 'active',
    }))
}

function inspectorsOf(ecoles: readonly PlannedEtablissement[]): Draft[] {
  const codes = [...new Map(ecoles.map((item) => [item.circonscription?.code ?? '', item])).values()]
  return codes.map((item, rank) => ({
    function: 'ien',
    circonscription: item.circonscription?.code ?? '',
    departement: item.commune.departement,
    inspector: null,
    fate: rank < 2 ? 'active' : 'none',
    ...(rank === 0 ? { login: 'ien.demo', displayName: 'Gaspard Esterel' } : {}),
  }))
}

const teachersOf = (college: PlannedEtablissement): Draft[] =>
  (['active', 'active', 'initialised'] as const).map((fate, rank) => ({
    function: 'enseignant',
    uai: college.uai,
    departement: college.commune.departement,
    inspector: null,
    fate,
    ...(rank === 0 ? { login: 'porteur.demo', displayName: 'Clémence Aubertin' } : {}),
  }))
