import { schema, type Perimeter, type Tx } from '@vigie/db'
import type { Degree } from '@vigie/rules'
import { eq } from 'drizzle-orm'
import type { Grant } from '../../../access/actor.ts'

/** Where an incident is, with every perimeter that holds it. */
export interface IncidentPlace {
  readonly academie: string
  readonly departement: string | null
  readonly circonscription: string | null
  readonly bassin: string | null
  readonly collectivite: string | null
  readonly uai: string | null
  /** Null when the incident is of no establishment. */
  readonly degree: Degree | null
}

/** In: what an incident says of its place. Out: the same with what its establishment adds. */
export async function placeOfIncident(
  tx: Tx,
  { academie, departement, uai }: { academie: string; departement: string | null; uai: string | null },
): Promise<IncidentPlace> {
  const { etablissement } = schema
  const [found] = uai
    ? await tx
        .select({
          circonscription: etablissement.circonscription,
          bassin: etablissement.bassin,
          collectivite: etablissement.collectivite,
          degree: etablissement.degree,
        })
        .from(etablissement)
        .where(eq(etablissement.uai, uai))
    : []
  const own = found ?? { circonscription: null, bassin: null, collectivite: null, degree: null }
  return { academie, departement, uai, ...own }
}

const codesOf = (place: IncidentPlace): Readonly<Record<Perimeter['kind'], string | null>> => ({
  academie: place.academie,
  departement: place.departement,
  circonscription: place.circonscription,
  bassin: place.bassin,
  collectivite: place.collectivite,
  etablissement: place.uai,
})

/** In: a perimeter and a place. Out: true when the place is inside. */
export const covers = ({ kind, code }: Perimeter, place: IncidentPlace): boolean =>
  codesOf(place)[kind] === code

/** Roles that these grants give at the place. */
export const rolesAt = (grants: readonly Grant[], place: IncidentPlace): readonly Grant['role'][] =>
  grants.filter(({ perimeter }) => covers(perimeter, place)).map(({ role }) => role)
