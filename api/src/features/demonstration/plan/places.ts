/** A commune of the fictional académie; degrees are decimal. */
export interface Commune {
  readonly code: string
  readonly name: string
  readonly departement: string
  readonly latitude: number
  readonly longitude: number
  /** 3: town with every kind of establishment, 1: village. */
  readonly size: 1 | 2 | 3
  readonly circonscription: number
}

interface Departement {
  readonly code: string
  readonly name: string
  readonly latitude: number
  readonly longitude: number
  readonly bassin: string
  /** Names of its two circonscriptions. */
  readonly circonscriptions: readonly [string, string]
  /** `name size north east circonscription`, in hundredths of a degree from the centre. */
  readonly communes: readonly (readonly [string, 1 | 2 | 3, number, number, 0 | 1])[]
}

export const DEPARTEMENTS_OF_VALMONT: readonly Departement[] = [
  {
    code: '991',
    name: 'Haute-Brume',
    latitude: 45.75,
    longitude: 2.55,
    bassin: 'BRUMEVAL',
    circonscriptions: ['Brumeval Nord', 'Brumeval Sud'],
    communes: [
      ['Brumeval', 3, 0, 0, 0],
      ['Saint-Aubrac', 2, 22, 18, 0],
      ['Roche-Lune', 2, -20, 24, 1],
      ['Mornelac', 1, 28, -12, 0],
      ['Les Aubiers', 1, 10, -38, 0],
      ['Chanterive', 1, -26, -18, 1],
      ['Puy-Fontaine', 1, -8, 42, 1],
      ['Vernelle', 1, -30, 6, 1],
    ],
  },
  {
    code: '992',
    name: 'Val-de-Serre',
    latitude: 45.65,
    longitude: 3.65,
    bassin: 'SERREVILLE',
    circonscriptions: ['Serreville Est', 'Serreville Ouest'],
    communes: [
      ['Serreville', 3, 0, 0, 0],
      ['Pont-sur-Serre', 2, 14, 26, 0],
      ['Maravent', 2, -22, -14, 1],
      ['Combe-Rousse', 1, 30, 4, 0],
      ['Saint-Ferréol-le-Haut', 1, 18, -30, 1],
      ['Tourbelle', 1, -12, 36, 0],
      ['La Fauvelle', 1, -28, 16, 0],
      ['Orsac', 1, -6, -40, 1],
    ],
  },
  {
    code: '993',
    name: 'Côte-des-Pins',
    latitude: 44.95,
    longitude: 2.45,
    bassin: 'PORT-VALMONT',
    circonscriptions: ['Port-Valmont', 'Les Sables'],
    communes: [
      ['Port-Valmont', 3, 0, 0, 0],
      ['Pinède-sur-Mer', 2, -20, -22, 1],
      ['Estrelle', 2, 20, 20, 0],
      ['Les Sables-d’Ambre', 1, -30, 8, 1],
      ['Saint-Clair-des-Dunes', 1, 6, -36, 1],
      ['Cap-Rivel', 1, 26, -20, 0],
      ['Anse-Vive', 1, -14, 34, 1],
      ['Mirebourg', 1, 12, 40, 0],
    ],
  },
  {
    code: '994',
    name: 'Plaine-d’Orge',
    latitude: 44.85,
    longitude: 3.55,
    bassin: 'ORGEVAL-LE-GRAND',
    circonscriptions: ['Orgeval', 'Beauchamp'],
    communes: [
      ['Orgeval-le-Grand', 3, 0, 0, 0],
      ['Beauchamp-les-Blés', 2, -18, 22, 1],
      ['Meunerie', 2, 22, -18, 0],
      ['Lorsange', 1, 28, 18, 0],
      ['Saint-Médard-l’Étang', 1, -30, -8, 1],
      ['Fontenelle', 1, -4, -40, 0],
      ['Grangeneuve', 1, 10, 38, 1],
      ['Le Sillon', 1, -26, -28, 1],
    ],
  },
]

export const communesOf = (departement: Departement): readonly Commune[] =>
  departement.communes.map(([name, size, north, east, circonscription], index) => ({
    code: `${departement.code.slice(0, 2)}${Number(departement.code.slice(2)) * 100 + index + 1}`,
    name,
    departement: departement.code,
    latitude: departement.latitude + north / 100,
    longitude: departement.longitude + east / 100,
    size,
    circonscription,
  }))
