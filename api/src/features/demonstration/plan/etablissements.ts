import { uaiLetterOf } from '@vigie/rules'
import { patronymeOf } from './patronymes.ts'
import { DEPARTEMENTS_OF_VALMONT, communesOf, type Commune } from './places.ts'
import { profileOf, type Profile } from './profiles.ts'
import { chanceOf, wholeOf } from './sequence.ts'

export type Kind =
  'maternelle' | 'elementaire' | 'primaire' | 'college' | 'lgt' | 'polyvalent' | 'lp' | 'erea'

/** One establishment of the fictional académie, as its annuaire tells it, with how well it is equipped. */
export interface PlannedEtablissement {
  readonly uai: string
  readonly kind: Kind
  readonly name: string
  readonly prive: boolean
  readonly commune: Commune
  readonly circonscription: { readonly code: string; readonly name: string } | null
  readonly bassin: { readonly code: string; readonly name: string }
  readonly pupils: number
  readonly latitude: number
  readonly longitude: number
  readonly openedOn: string
  readonly closedOn: string | null
  readonly mother: string | null
  readonly profile: Profile
}

const LABELS: Readonly<Record<Kind, string>> = {
  maternelle: 'École maternelle',
  elementaire: 'École élémentaire',
  primaire: 'École primaire',
  college: 'Collège',
  lgt: 'Lycée général et technologique',
  polyvalent: 'Lycée polyvalent',
  lp: 'Lycée professionnel',
  erea: 'Établissement régional d’enseignement adapté',
}

const PUPILS: Readonly<Record<Kind, readonly [number, number]>> = {
  maternelle: [40, 140],
  elementaire: [70, 320],
  primaire: [25, 240],
  college: [230, 690],
  lgt: [620, 1450],
  polyvalent: [540, 1200],
  lp: [210, 520],
  erea: [70, 130],
}

/** What each size of commune has. */
const EQUIPMENT: Readonly<Record<1 | 2 | 3, readonly Kind[]>> = {
  3: [
    'maternelle',
    'maternelle',
    'elementaire',
    'elementaire',
    'primaire',
    'college',
    'college',
    'lgt',
    'polyvalent',
    'lp',
  ],
  2: ['maternelle', 'elementaire', 'primaire', 'college'],
  1: ['primaire', 'primaire'],
}
/** Villages with a collège, and départements with an EREA. */
const VILLAGE_COLLEGES = new Set([3, 6])
const EREA_IN = new Set(['991', '993'])

const uaiOf = (digits: string) => digits + uaiLetterOf(digits)

function kindsOf(commune: Commune, index: number): readonly Kind[] {
  const kinds = [...EQUIPMENT[commune.size]]
  if (commune.size === 1 && VILLAGE_COLLEGES.has(index)) kinds.push('college')
  if (commune.size === 3 && EREA_IN.has(commune.departement)) kinds.push('erea')
  return kinds
}

function planDepartement(departement: (typeof DEPARTEMENTS_OF_VALMONT)[number]): PlannedEtablissement[] {
  const communes = communesOf(departement)
  const sites = communes.flatMap((commune, index) =>
    kindsOf(commune, index).map((kind) => ({ commune, kind })),
  )
  return sites.map(({ commune, kind }, position) => {
    const uai = uaiOf(`0${departement.code}${String(position + 1).padStart(3, '0')}`)
    const firstDegree = kind === 'maternelle' || kind === 'elementaire' || kind === 'primaire'
    const prive = commune.size > 1 && chanceOf(uai, 'prive') < 0.14 && kind !== 'erea'
    const [least, most] = PUPILS[kind]
    return {
      uai,
      kind,
      name: `${LABELS[kind]}${prive ? (firstDegree ? ' privée' : ' privé') : ''} ${patronymeOf(uai)}`,
      prive,
      commune,
      circonscription: firstDegree
        ? {
            code: uaiOf(`0${departement.code}90${commune.circonscription + 1}`),
            name: departement.circonscriptions[commune.circonscription] ?? '',
          }
        : null,
      bassin: { code: `9800${departement.code.slice(2)}`, name: departement.bassin },
      pupils: wholeOf(least, most, uai, 'pupils'),
      latitude: round(commune.latitude + (chanceOf(uai, 'north') - 0.5) * 0.05),
      longitude: round(commune.longitude + (chanceOf(uai, 'east') - 0.5) * 0.07),
      openedOn: `${wholeOf(1951, 2012, uai, 'opened')}-09-01`,
      closedOn: null,
      mother: null,
      profile: profileOf(uai, kind),
    }
  })
}

const round = (degrees: number) => Math.round(degrees * 1e5) / 1e5

/** The establishments whose heads have an account: a collège that improves and a solid école of one town. */
export function toldOf(planned: readonly PlannedEtablissement[]) {
  const town = planned.filter(({ prive, commune }) => !prive && commune.name === 'Brumeval')
  const college = town.find(({ kind }) => kind === 'college')
  const ecole = town.find(({ kind }) => kind === 'primaire')
  if (!college || !ecole) throw new Error('the plan holds no establishment for the heads')
  return { college, ecole }
}

/** Two closed écoles and the annexe of a lycée, as any annuaire holds; and the profiles of the story's heads. */
function withOddities(planned: readonly PlannedEtablissement[]): PlannedEtablissement[] {
  const villages = planned.filter(({ kind, commune }) => kind === 'primaire' && commune.size === 1)
  const closing = new Set([villages.at(1)?.uai, villages.at(-1)?.uai])
  const lycee = planned.find(({ kind, commune }) => kind === 'lp' && commune.departement === '992')
  const mother = planned.find(({ kind, commune }) => kind === 'polyvalent' && commune.departement === '992')
  const told = toldOf(planned)
  return planned.map((item) => {
    if (item === told.college) return { ...item, profile: 'improving' }
    if (item === told.ecole) return { ...item, profile: 'solid' }
    if (closing.has(item.uai)) return { ...item, closedOn: '2025-08-31', profile: 'bare' }
    if (item === lycee && mother) return { ...item, name: `${item.name}, annexe`, mother: mother.uai }
    return item
  })
}

/** The whole fictional académie, in the order of its UAI; the same on every run. */
export const planEtablissements = (): readonly PlannedEtablissement[] =>
  withOddities(DEPARTEMENTS_OF_VALMONT.flatMap(planDepartement))
