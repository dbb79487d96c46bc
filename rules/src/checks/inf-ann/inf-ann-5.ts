import { defineCheck } from '../../check.ts'
import { faultWhen, figureOf, outcome } from '../../outcome.ts'

export const infAnn5 = defineCheck({
  requirement: 'INF-ANN-5',
  version: 2,
  needs: ['directory.transport_encrypted', 'directory.cleartext_bind'],
  title: 'Flux de l’annuaire chiffrés',
  rule: 'Conforme si les flux d’alimentation et de réplication sont chiffrés et si l’annuaire refuse un mot de passe en clair ; partiel s’il en accepte encore ; non conforme si un flux passe en clair.',
  remediation:
    'Faites imposer TLS sur l’annuaire et refuser les connexions en clair, puis relancez une synchronisation.',
  faults: [
    faultWhen(['directory.transport_encrypted'], (values) =>
      values['directory.transport_encrypted'] ? null : 'Des flux de l’annuaire passent en clair.',
    ),
  ],
  evaluate: (values) => {
    const encrypted = values['directory.transport_encrypted']
    const cleartext = values['directory.cleartext_bind']
    const figures = [
      figureOf('directory.transport_encrypted', encrypted),
      figureOf('directory.cleartext_bind', cleartext),
    ]
    if (!encrypted) return outcome('non_compliant', 'Des flux de l’annuaire passent en clair.', figures)
    return cleartext
      ? outcome(
          'partial',
          'Les flux de l’annuaire sont chiffrés, mais il accepte encore un mot de passe en clair.',
          figures,
        )
      : outcome(
          'compliant',
          'Les flux de l’annuaire sont chiffrés et il refuse un mot de passe en clair.',
          figures,
        )
  },
})
