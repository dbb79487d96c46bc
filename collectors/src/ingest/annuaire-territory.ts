import { OVERSEAS_COLLECTIVITES, academieOf, departementOf, type Departement } from '@vigie/rules'
import { CellRefusal, type AnnuaireType } from './annuaire-record.ts'
import type { TableRow } from './csv-table.ts'

/** The line's département, checked against its académie. Errors: `CellRefusal`. */
export function departementCell(row: TableRow): Departement {
  const code = row.cell('code_departement')
  const departement = code === '' ? undefined : departementOf(code)
  if (!departement)
    throw new CellRefusal(
      'code_departement',
      `département « ${code.slice(0, 20)} » inconnu : attendu un code comme 034, 02A ou 971`,
    )
  const written = row.cell('code_academie')
  const academie = written === '' ? undefined : academieOf(written)
  if (!academie)
    throw new CellRefusal(
      'code_academie',
      `académie « ${written.slice(0, 20)} » inconnue : attendu un code à deux chiffres, comme 11 ou 16`,
    )
  if (academie.code !== departement.academie)
    throw new CellRefusal(
      'code_academie',
      `le département ${departement.name} n’est pas dans l’académie ${written} (${academie.name}) : corrigez l’un des deux codes`,
    )
  return departement
}

/**
 * Collectivité of attachment: an école's commune, a collège's département, a lycée's or EREA's Région. Overseas
 * collectivités that belong to no Région run their lycées themselves.
 */
export function collectiviteOf(type: AnnuaireType, communeCode: string, departement: Departement): string {
  if (type.startsWith('ecole')) return `commune:${communeCode}`
  if (type === 'college' || departement.region === OVERSEAS_COLLECTIVITES)
    return `departement:${departement.code}`
  return `region:${departement.region}`
}
