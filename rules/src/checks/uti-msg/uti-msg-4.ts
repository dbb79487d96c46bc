import { defineCheck } from '../../check.ts'
import { figureOf, outcome } from '../../outcome.ts'

export const utiMsg4 = defineCheck({
  requirement: 'UTI-MSG-4',
  version: 1,
  needs: ['mail.spam_filter', 'mail.virus_filter'],
  title: 'Antivirus et antispam sur le courrier',
  rule: 'Conforme si un antispam et un antivirus ont marqué le courrier examiné ; partiel si un seul des deux l’a fait ; non conforme sinon.',
  remediation:
    'Demandez à l’exploitant de la messagerie d’activer le filtre qui manque et envoyez-vous un message d’essai.',
  evaluate: (values) => {
    const spam = values['mail.spam_filter']
    const virus = values['mail.virus_filter']
    const figures = [figureOf('mail.spam_filter', spam), figureOf('mail.virus_filter', virus)]
    if (spam && virus)
      return outcome('compliant', 'Un antispam et un antivirus examinent le courrier.', figures)
    if (spam) return outcome('partial', 'Un antispam examine le courrier, mais aucun antivirus.', figures)
    if (virus) return outcome('partial', 'Un antivirus examine le courrier, mais aucun antispam.', figures)
    return outcome('non_compliant', 'Ni antispam ni antivirus n’examine le courrier.', figures)
  },
})
