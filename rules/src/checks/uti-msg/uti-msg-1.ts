import { defineCheck } from '../../check.ts'
import { figureOf, outcome } from '../../outcome.ts'

export const utiMsg1 = defineCheck({
  requirement: 'UTI-MSG-1',
  version: 1,
  needs: ['mail.client_access', 'mail.web_access'],
  title: 'Courrier par logiciel et par le web',
  rule: 'Conforme si le courrier s’ouvre, de façon chiffrée, depuis un logiciel de messagerie et par le web ; partiel par un seul des deux ; non conforme par aucun. Rangement et archivage se vérifient à l’audit.',
  remediation:
    'Demandez à l’exploitant de la messagerie d’ouvrir l’accès qui manque : IMAP et envoi chiffrés, ou courrier par le web en HTTPS.',
  evaluate: (values) => {
    const byClient = values['mail.client_access']
    const byWeb = values['mail.web_access']
    const figures = [figureOf('mail.client_access', byClient), figureOf('mail.web_access', byWeb)]
    if (byClient && byWeb)
      return outcome(
        'compliant',
        'Le courrier s’ouvre depuis un logiciel de messagerie et par le web, de façon chiffrée.',
        figures,
      )
    if (byClient)
      return outcome(
        'partial',
        'Le courrier s’ouvre depuis un logiciel de messagerie, mais pas par le web de façon chiffrée.',
        figures,
      )
    if (byWeb)
      return outcome(
        'partial',
        'Le courrier s’ouvre par le web, mais pas depuis un logiciel de messagerie de façon chiffrée.',
        figures,
      )
    return outcome(
      'non_compliant',
      'Le courrier ne s’ouvre de façon chiffrée ni depuis un logiciel de messagerie ni par le web.',
      figures,
    )
  },
})
