export interface Academie {
  /** Two digits, as the annuaire de l’éducation writes it. */
  readonly code: string
  readonly name: string
  /** With its article: « l’académie de Toulouse », « le vice-rectorat de Nouvelle-Calédonie ». */
  readonly fullName: string
  readonly region: string
  /** IANA time zone in which its establishments read dates. */
  readonly timeZone: string
}

/** The fictional académie: demonstration and tests only. */
export const DEMONSTRATION_ACADEMIE = '98'

const PARIS = 'Europe/Paris'

const academie = (
  code: string,
  name: string,
  region: string,
  linked: string,
  timeZone: string = PARIS,
): Academie => ({ code, name, fullName: `académie ${linked}`, region, timeZone })

const vice = (code: string, name: string, linked: string, timeZone: string): Academie => ({
  code,
  name,
  fullName: linked,
  region: '00',
  timeZone,
})

export const ACADEMIES: readonly Academie[] = [
  academie('01', 'Paris', '11', 'de Paris'),
  academie('02', 'Aix-Marseille', '93', 'd’Aix-Marseille'),
  academie('03', 'Besançon', '27', 'de Besançon'),
  academie('04', 'Bordeaux', '75', 'de Bordeaux'),
  academie('06', 'Clermont-Ferrand', '84', 'de Clermont-Ferrand'),
  academie('07', 'Dijon', '27', 'de Dijon'),
  academie('08', 'Grenoble', '84', 'de Grenoble'),
  academie('09', 'Lille', '32', 'de Lille'),
  academie('10', 'Lyon', '84', 'de Lyon'),
  academie('11', 'Montpellier', '76', 'de Montpellier'),
  academie('12', 'Nancy-Metz', '44', 'de Nancy-Metz'),
  academie('13', 'Poitiers', '75', 'de Poitiers'),
  academie('14', 'Rennes', '53', 'de Rennes'),
  academie('15', 'Strasbourg', '44', 'de Strasbourg'),
  academie('16', 'Toulouse', '76', 'de Toulouse'),
  academie('17', 'Nantes', '52', 'de Nantes'),
  academie('18', 'Orléans-Tours', '24', 'd’Orléans-Tours'),
  academie('19', 'Reims', '44', 'de Reims'),
  academie('20', 'Amiens', '32', 'd’Amiens'),
  academie('22', 'Limoges', '75', 'de Limoges'),
  academie('23', 'Nice', '93', 'de Nice'),
  academie('24', 'Créteil', '11', 'de Créteil'),
  academie('25', 'Versailles', '11', 'de Versailles'),
  academie('27', 'Corse', '94', 'de Corse'),
  academie('28', 'La Réunion', '04', 'de La Réunion', 'Indian/Reunion'),
  academie('31', 'Martinique', '02', 'de Martinique', 'America/Martinique'),
  academie('32', 'Guadeloupe', '01', 'de Guadeloupe', 'America/Guadeloupe'),
  academie('33', 'Guyane', '03', 'de Guyane', 'America/Cayenne'),
  vice('40', 'Nouvelle-Calédonie', 'vice-rectorat de Nouvelle-Calédonie', 'Pacific/Noumea'),
  vice('41', 'Polynésie française', 'vice-rectorat de Polynésie française', 'Pacific/Tahiti'),
  vice('42', 'Wallis-et-Futuna', 'vice-rectorat de Wallis-et-Futuna', 'Pacific/Wallis'),
  academie('43', 'Mayotte', '06', 'de Mayotte', 'Indian/Mayotte'),
  vice(
    '44',
    'Saint-Pierre-et-Miquelon',
    'service de l’éducation nationale de Saint-Pierre-et-Miquelon',
    'America/Miquelon',
  ),
  academie('70', 'Normandie', '28', 'de Normandie'),
  academie(DEMONSTRATION_ACADEMIE, 'Valmont', '98', 'de Valmont'),
]

/** Caen and Rouen were merged into Normandie in 2020; older files still carry their codes. */
const MERGED: Readonly<Record<string, string>> = { '05': '70', '21': '70' }

const BY_CODE: ReadonlyMap<string, Academie> = new Map(ACADEMIES.map((item) => [item.code, item]))

/** In: a code, zero-padded or not, even of a merged académie. Out: the académie, or undefined. */
export function academieOf(code: string): Academie | undefined {
  const padded = code.trim().padStart(2, '0')
  return BY_CODE.get(MERGED[padded] ?? padded)
}

/** In: an académie's code. Out: its IANA time zone; Europe/Paris when the code is unknown. */
export const timeZoneOf = (code: string): string => academieOf(code)?.timeZone ?? PARIS
