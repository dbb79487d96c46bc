import { wholeOf } from './sequence.ts'

/** Invented names of establishments: no person of the real world. */
const PATRONYMES = [
  'des Tilleuls',
  'du Vieux-Pont',
  'Élise-Marceval',
  'des Hirondelles',
  'Augustin-Ferrandel',
  'de la Fontaine',
  'Jeanne-Aubrelle',
  'des Trois-Moulins',
  'du Clos-Vert',
  'Simon-Verdalle',
  'des Grands-Prés',
  'Marguerite-Solane',
  'du Belvédère',
  'de l’Étang',
  'Octave-Brunel-Lacaze',
  'des Coquelicots',
  'Adèle-Roncevin',
  'du Chemin-Creux',
  'de la Source',
  'Hector-Malvoisin',
  'des Remparts',
  'Louise-Estragnat',
  'du Parc',
  'des Bleuets',
  'Victor-Chastelain',
  'de la Roseraie',
  'du Moulin-Neuf',
  'Irène-Valdoire',
  'des Cèdres',
  'de la Clairière',
  'Paulin-Gardemer',
  'des Quatre-Vents',
] as const

/** In: an UAI. Out: the name that follows « École primaire », « Collège »… Two of one département never share it. */
export function patronymeOf(uai: string): string {
  const first = wholeOf(0, PATRONYMES.length - 1, uai.slice(0, 4), 'patronyme')
  return PATRONYMES[(first + Number(uai.slice(4, 7)) * 5) % PATRONYMES.length] ?? PATRONYMES[0]
}
