import { schema, type Identity, type Tx } from '@vigie/db'
import { departementOf } from '@vigie/rules'
import { and, asc, eq } from 'drizzle-orm'
import { fault, type HolderInput } from './holder-input.ts'

const { etablissement } = schema

/** Where a holder stands, and the commune's name for a mairie. */
export interface HolderPlace {
  readonly academie: string
  readonly departement: string | null
  readonly circonscription: string | null
  readonly uai: string | null
  readonly commune: string | null
}

const COLUMNS = {
  academie: etablissement.academie,
  departement: etablissement.departement,
  circonscription: etablissement.circonscription,
  uai: etablissement.uai,
  commune: etablissement.commune,
  degree: etablissement.degree,
} as const

/**
 * Derives a holder's place from the directory, as the caller sees it: from the establishment, from an establishment of
 * the circonscription, from a school of the commune. Errors: `invalid_input` when none is in the caller's perimeter.
 */
export async function placeOf(tx: Tx, identity: Identity, input: HolderInput): Promise<HolderPlace> {
  if (input.function === 'mairie') return placeOfMairie(tx, input.communeCode ?? '')
  if (input.uai) return placeOfUai(tx, input, input.uai.trim().toUpperCase())
  if (input.circonscription) {
    const [found] = await tx
      .select(COLUMNS)
      .from(etablissement)
      .where(eq(etablissement.circonscription, input.circonscription))
      .limit(1)
    if (!found)
      throw fault('/circonscription', 'Aucune école de votre périmètre n’est de cette circonscription.')
    return { ...found, uai: null, commune: null }
  }
  return input.departement ? placeOfDepartement(tx, input.departement) : placeOfAcademie(identity)
}

async function placeOfUai(tx: Tx, input: HolderInput, uai: string): Promise<HolderPlace> {
  const [found] = await tx.select(COLUMNS).from(etablissement).where(eq(etablissement.uai, uai))
  if (!found) throw fault('/uai', 'Aucun établissement de votre périmètre ne porte cet UAI.')
  const wanted = input.function === 'directeur_ecole' ? 'd1' : null
  if (wanted !== null && found.degree !== wanted)
    throw fault('/uai', 'Cet UAI n’est pas celui d’une école : un directeur d’école en dirige une.')
  if ((input.function === 'enseignant' || input.function === 'chef_etablissement') && found.degree !== 'd2')
    throw fault('/uai', 'Cet UAI n’est pas celui d’un établissement du second degré.')
  return { ...found, commune: null }
}

async function placeOfMairie(tx: Tx, communeCode: string): Promise<HolderPlace> {
  const [school] = await tx
    .select(COLUMNS)
    .from(etablissement)
    .where(
      and(
        eq(etablissement.communeCode, communeCode.trim().toUpperCase()),
        eq(etablissement.degree, 'd1'),
        eq(etablissement.state, 'ouvert'),
      ),
    )
    .orderBy(asc(etablissement.uai))
    .limit(1)
  if (!school)
    throw fault('/communeCode', 'Aucune école ouverte de votre périmètre n’est dans cette commune.')
  return { ...school, uai: null }
}

async function placeOfDepartement(tx: Tx, code: string): Promise<HolderPlace> {
  const [seen] = await tx
    .select({ uai: etablissement.uai })
    .from(etablissement)
    .where(eq(etablissement.departement, code))
    .limit(1)
  const departement = departementOf(code)
  if (!seen || !departement) throw fault('/departement', 'Ce département n’est pas dans votre périmètre.')
  return {
    academie: departement.academie,
    departement: code,
    circonscription: null,
    uai: null,
    commune: null,
  }
}

/** Staff of the académie itself: registered by its division. */
function placeOfAcademie(identity: Identity): HolderPlace {
  const academie =
    identity.role === 'vigie_app'
      ? identity.perimeters.find(({ kind }) => kind === 'academie')?.code
      : undefined
  if (academie === undefined)
    throw fault('/departement', 'Donnez le département, ou l’UAI de l’établissement du porteur.')
  return { academie, departement: null, circonscription: null, uai: null, commune: null }
}
