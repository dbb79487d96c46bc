import { defineCheck } from '../../check.ts'
import { figureOf, outcome } from '../../outcome.ts'
import { counted } from '../../wording.ts'

export const utiMsg8 = defineCheck({
  requirement: 'UTI-MSG-8',
  version: 1,
  needs: ['mail.external_forwarding'],
  title: 'Aucune redirection vers une boîte privée',
  rule: 'Conforme si aucune boîte professionnelle n’est redirigée vers une adresse privée ; non conforme dès la première. Le rappel dans la charte se vérifie à l’audit.',
  remediation:
    'Faites supprimer ces redirections, interdisez-en la création sur le serveur et rappelez la règle à leurs titulaires.',
  evaluate: (values) => {
    const found = values['mail.external_forwarding']
    const figures = [figureOf('mail.external_forwarding', found)]
    if (found === 0)
      return outcome(
        'compliant',
        'Aucune boîte professionnelle n’est redirigée vers une boîte privée.',
        figures,
      )
    return outcome(
      'non_compliant',
      `${counted(found, 'boîte professionnelle est redirigée vers une boîte privée', 'boîtes professionnelles sont redirigées vers une boîte privée')}.`,
      figures,
    )
  },
})
