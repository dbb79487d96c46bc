import type { Degree, Knower } from '@vigie/rules'

const LABELS: Readonly<Record<Knower, string>> = {
  head: 'Vous',
  teachers: 'L’équipe enseignante',
  referent: 'Votre référent numérique, ou la personne qui entretient les ordinateurs',
  collectivite: 'Votre collectivité, ou son prestataire',
  academie: 'La division informatique de l’académie',
  dpo: 'La déléguée ou le délégué à la protection des données de l’académie',
}

/** In: who knows, and the degree. Out: how a person reads it. */
export function knowerLabel(knows: Knower, degree: Degree): string {
  if (knows === 'head')
    return degree === 'd1' ? 'Vous, qui dirigez l’école' : 'Vous, qui dirigez l’établissement'
  if (knows === 'collectivite') {
    return degree === 'd1' ? 'La mairie, ou son prestataire' : LABELS.collectivite
  }
  return LABELS[knows]
}
