import { defineCheck } from '../../check.ts'
import { figureOf, outcome } from '../../outcome.ts'
import { counted, enumerate } from '../../wording.ts'

export const utiMsg9 = defineCheck({
  requirement: 'UTI-MSG-9',
  version: 1,
  needs: ['directory.private_mail_students', 'directory.private_mail_staff'],
  title: 'Adresses privées hors de l’enseignement et de l’administration',
  rule: 'Conforme si l’annuaire ne porte d’adresse privée ni pour un élève ni pour un personnel ; partiel s’il en porte pour les uns seulement ; non conforme pour les deux. L’usage fait de ces adresses n’est pas lu.',
  remediation:
    'Remplacez dans l’annuaire les adresses privées par des adresses scolaires ou académiques, en commençant par les personnels.',
  evaluate: (values) => {
    const students = values['directory.private_mail_students']
    const staff = values['directory.private_mail_staff']
    const figures = [
      figureOf('directory.private_mail_students', students),
      figureOf('directory.private_mail_staff', staff),
    ]
    if (students === 0 && staff === 0)
      return outcome('compliant', 'Aucune adresse privée ne sert dans l’annuaire.', figures)
    const concerned = [
      ...(students > 0 ? [counted(students, 'élève', 'élèves')] : []),
      ...(staff > 0 ? [counted(staff, 'personnel', 'personnels')] : []),
    ]
    return outcome(
      concerned.length === 1 ? 'partial' : 'non_compliant',
      `L’annuaire porte une adresse privée pour ${enumerate(concerned)}.`,
      figures,
    )
  },
})
