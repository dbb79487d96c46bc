import { defineCheck } from '../../check.ts'
import { figureOf, outcome } from '../../outcome.ts'
import { counted } from '../../wording.ts'

export const infAnn8 = defineCheck({
  requirement: 'INF-ANN-8',
  version: 1,
  needs: ['directory.private_attributes'],
  title: 'Aucune donnée de vie privée dans l’annuaire',
  rule: 'Conforme si aucun attribut de vie privée (date de naissance, téléphone, adresse, responsables légaux) n’est renseigné dans l’annuaire ; non conforme dès le premier.',
  remediation: 'Faites vider ces attributs dans l’annuaire et les retirer de son alimentation.',
  evaluate: (values) => {
    const found = values['directory.private_attributes']
    const figures = [figureOf('directory.private_attributes', found)]
    if (found === 0)
      return outcome('compliant', 'Aucun attribut de vie privée n’est renseigné dans l’annuaire.', figures)
    return outcome(
      'non_compliant',
      `${counted(found, 'attribut de vie privée est renseigné dans l’annuaire', 'attributs de vie privée sont renseignés dans l’annuaire')}.`,
      figures,
    )
  },
})
