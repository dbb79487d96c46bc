export interface Region {
  /** INSEE code; `00` gathers the overseas collectivités that are not régions. */
  readonly code: string
  readonly name: string
}

/** Code under which the annuaire puts overseas collectivités that belong to no Région. */
export const OVERSEAS_COLLECTIVITES = '00'

/** Région of the fictional académie: demonstration and tests. */
export const DEMONSTRATION_REGION = '98'

export const REGIONS = [
  { code: '00', name: 'Collectivités d’outre-mer' },
  { code: '01', name: 'Guadeloupe' },
  { code: '02', name: 'Martinique' },
  { code: '03', name: 'Guyane' },
  { code: '04', name: 'La Réunion' },
  { code: '06', name: 'Mayotte' },
  { code: '11', name: 'Île-de-France' },
  { code: '24', name: 'Centre-Val de Loire' },
  { code: '27', name: 'Bourgogne-Franche-Comté' },
  { code: '28', name: 'Normandie' },
  { code: '32', name: 'Hauts-de-France' },
  { code: '44', name: 'Grand Est' },
  { code: '52', name: 'Pays de la Loire' },
  { code: '53', name: 'Bretagne' },
  { code: '75', name: 'Nouvelle-Aquitaine' },
  { code: '76', name: 'Occitanie' },
  { code: '84', name: 'Auvergne-Rhône-Alpes' },
  { code: '93', name: 'Provence-Alpes-Côte d’Azur' },
  { code: '94', name: 'Corse' },
  { code: DEMONSTRATION_REGION, name: 'Région Valmont' },
] as const satisfies readonly Region[]

const BY_CODE: ReadonlyMap<string, Region> = new Map(REGIONS.map((region) => [region.code, region]))

/** In: a code, zero-padded or not. Out: the région, or undefined. */
export const regionOf = (code: string): Region | undefined => BY_CODE.get(code.trim().padStart(2, '0'))
