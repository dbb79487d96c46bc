import { academieOf } from './academies.ts'

export interface Departement {
  /** Three characters, as the annuaire de l’éducation writes it: `034`, `02A`, `971`. */
  readonly code: string
  readonly name: string
  readonly academie: string
  readonly region: string
}

/** Départements of each académie: `code name`, in the annuaire's spelling of codes. */
const BY_ACADEMIE: Readonly<Record<string, readonly string[]>> = {
  '01': ['075 Paris'],
  '02': ['004 Alpes-de-Haute-Provence', '005 Hautes-Alpes', '013 Bouches-du-Rhône', '084 Vaucluse'],
  '03': ['025 Doubs', '039 Jura', '070 Haute-Saône', '090 Territoire de Belfort'],
  '04': ['024 Dordogne', '033 Gironde', '040 Landes', '047 Lot-et-Garonne', '064 Pyrénées-Atlantiques'],
  '06': ['003 Allier', '015 Cantal', '043 Haute-Loire', '063 Puy-de-Dôme'],
  '07': ['021 Côte-d’Or', '058 Nièvre', '071 Saône-et-Loire', '089 Yonne'],
  '08': ['007 Ardèche', '026 Drôme', '038 Isère', '073 Savoie', '074 Haute-Savoie'],
  '09': ['059 Nord', '062 Pas-de-Calais'],
  '10': ['001 Ain', '042 Loire', '069 Rhône'],
  '11': ['011 Aude', '030 Gard', '034 Hérault', '048 Lozère', '066 Pyrénées-Orientales'],
  '12': ['054 Meurthe-et-Moselle', '055 Meuse', '057 Moselle', '088 Vosges'],
  '13': ['016 Charente', '017 Charente-Maritime', '079 Deux-Sèvres', '086 Vienne'],
  '14': ['022 Côtes-d’Armor', '029 Finistère', '035 Ille-et-Vilaine', '056 Morbihan'],
  '15': ['067 Bas-Rhin', '068 Haut-Rhin'],
  '16': [
    '009 Ariège',
    '012 Aveyron',
    '031 Haute-Garonne',
    '032 Gers',
    '046 Lot',
    '065 Hautes-Pyrénées',
    '081 Tarn',
    '082 Tarn-et-Garonne',
  ],
  '17': ['044 Loire-Atlantique', '049 Maine-et-Loire', '053 Mayenne', '072 Sarthe', '085 Vendée'],
  '18': ['018 Cher', '028 Eure-et-Loir', '036 Indre', '037 Indre-et-Loire', '041 Loir-et-Cher', '045 Loiret'],
  '19': ['008 Ardennes', '010 Aube', '051 Marne', '052 Haute-Marne'],
  '20': ['002 Aisne', '060 Oise', '080 Somme'],
  '22': ['019 Corrèze', '023 Creuse', '087 Haute-Vienne'],
  '23': ['006 Alpes-Maritimes', '083 Var'],
  '24': ['077 Seine-et-Marne', '093 Seine-Saint-Denis', '094 Val-de-Marne'],
  '25': ['078 Yvelines', '091 Essonne', '092 Hauts-de-Seine', '095 Val-d’Oise'],
  '27': ['02A Corse-du-Sud', '02B Haute-Corse'],
  '28': ['974 La Réunion'],
  '31': ['972 Martinique'],
  '32': ['971 Guadeloupe', '977 Saint-Barthélemy', '978 Saint-Martin'],
  '33': ['973 Guyane'],
  '40': ['988 Nouvelle-Calédonie'],
  '41': ['987 Polynésie française'],
  '42': ['986 Wallis-et-Futuna'],
  '43': ['976 Mayotte'],
  '44': ['975 Saint-Pierre-et-Miquelon'],
  '70': ['014 Calvados', '027 Eure', '050 Manche', '061 Orne', '076 Seine-Maritime'],
  '98': ['991 Haute-Brume', '992 Val-de-Serre', '993 Côte-des-Pins', '994 Plaine-d’Orge'],
}

export const DEPARTEMENTS: readonly Departement[] = Object.entries(BY_ACADEMIE).flatMap(([academie, lines]) =>
  lines.map((line) => ({
    code: line.slice(0, 3),
    name: line.slice(4),
    academie,
    region: academieOf(academie)?.region ?? '',
  })),
)

const BY_CODE: ReadonlyMap<string, Departement> = new Map(DEPARTEMENTS.map((item) => [item.code, item]))

/** In: a code, zero-padded or not (`34`, `034`, `2A`). Out: the département, or undefined. */
export const departementOf = (code: string): Departement | undefined =>
  BY_CODE.get(code.trim().toUpperCase().padStart(3, '0'))

/** Départements of an académie, in the order of their codes. */
export const departementsOf = (academie: string): readonly Departement[] =>
  DEPARTEMENTS.filter((item) => item.academie === academie).toSorted((a, b) => (a.code < b.code ? -1 : 1))
