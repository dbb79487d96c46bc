import { defineCheck } from '../../check.ts'
import { figureOf, outcome } from '../../outcome.ts'
import { counted } from '../../wording.ts'

export const utiMsg3 = defineCheck({
  requirement: 'UTI-MSG-3',
  version: 1,
  needs: ['directory.private_mail_students'],
  title: 'Adresse scolaire des élèves',
  rule: 'Conforme si aucun élève n’a dans l’annuaire une adresse hors des domaines scolaires ; non conforme dès le premier. Les adresses sont comptées, jamais gardées.',
  remediation: 'Donnez à ces élèves une adresse scolaire et retirez l’adresse privée de l’annuaire.',
  evaluate: (values) => {
    const found = values['directory.private_mail_students']
    const figures = [figureOf('directory.private_mail_students', found)]
    if (found === 0) return outcome('compliant', 'Chaque élève a une adresse scolaire.', figures)
    return outcome(
      'non_compliant',
      `${counted(found, 'élève a pour adresse une adresse privée', 'élèves ont pour adresse une adresse privée')}.`,
      figures,
    )
  },
})
