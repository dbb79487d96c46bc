import { defineCheck } from '../../check.ts'
import { figureOf, outcome } from '../../outcome.ts'
import { counted } from '../../wording.ts'

export const infAnn6 = defineCheck({
  requirement: 'INF-ANN-6',
  version: 1,
  needs: ['directory.unneeded_attributes'],
  title: 'Annuaire limité aux données utiles',
  rule: 'Conforme si aucun attribut importé ne sort de ceux dont l’annuaire a l’usage ; non conforme dès le premier. Les attributs sont comptés, jamais lus.',
  remediation:
    'Faites retirer ces attributs du fichier ou du connecteur qui alimente l’annuaire, puis videz-les dans l’annuaire.',
  evaluate: (values) => {
    const found = values['directory.unneeded_attributes']
    const figures = [figureOf('directory.unneeded_attributes', found)]
    if (found === 0)
      return outcome('compliant', 'L’annuaire ne reprend que les attributs dont il a l’usage.', figures)
    return outcome(
      'non_compliant',
      `${counted(found, 'attribut importé ne sert', 'attributs importés ne servent')} pas à l’annuaire.`,
      figures,
    )
  },
})
