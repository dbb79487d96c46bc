import { academieOf, departementOf, regionOf } from '@vigie/rules'
import type { schema } from '@vigie/db'

type Row = typeof schema.etablissement.$inferSelect

export const TYPE_LABELS: Readonly<Record<Row['type'], string>> = {
  ecole_maternelle: 'École maternelle',
  ecole_elementaire: 'École élémentaire',
  ecole_primaire: 'École primaire',
  college: 'Collège',
  lycee_general_technologique: 'Lycée général et technologique',
  lycee_professionnel: 'Lycée professionnel',
  lycee_polyvalent: 'Lycée polyvalent',
  erea: 'EREA',
}
export const DEGREE_LABELS: Readonly<Record<Row['degree'], string>> = {
  d1: 'Premier degré',
  d2: 'Second degré',
}
export const SECTOR_LABELS: Readonly<Record<Row['sector'], string>> = { public: 'Public', prive: 'Privé' }

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** In: an académie's code. Out: « Académie de Toulouse »; the code when unknown. */
export function academieName(code: string): string {
  const known = academieOf(code)
  return known ? capitalised(known.fullName) : `Académie ${code}`
}

/** In: a département's code. Out: its name; the code when unknown. */
export const departementName = (code: string): string => departementOf(code)?.name ?? code

/** In: a région's code. Out: its name; the code when unknown. */
export const regionName = (code: string): string => regionOf(code)?.name ?? code

const prefixed = (prefix: string, name: string): string =>
  name.startsWith(`${prefix} `) ? name : `${prefix} ${name}`

/** In: a proper noun. Out: it after « de », contracted or elided: « du Mans », « d’Albi », « de La Rochelle ». */
export function after(name: string): string {
  if (name.startsWith('Le ')) return `du ${name.slice(3)}`
  if (name.startsWith('Les ')) return `des ${name.slice(4)}`
  return /^[AEIOUYÀÂÉÈÊËÎÏÔÖÙÛÜŒ]/.test(name) ? `d’${name}` : `de ${name}`
}

/** In: a collectivité's code with its kind, and the commune of one of its establishments. Out: its name. */
export function collectiviteName(collectivite: string, commune: string | null): string {
  const [kind, code = ''] = collectivite.split(':')
  if (kind === 'commune') return commune ? `Commune ${after(commune)}` : `Commune ${code}`
  if (kind === 'departement') return prefixed('Département', departementName(code))
  if (kind === 'region') return prefixed('Région', regionName(code))
  return collectivite
}
