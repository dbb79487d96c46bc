import { defineCheck } from '../../check.ts'
import { flagEvaluation } from '../../outcome.ts'

export const infAnn5 = defineCheck({
  requirement: 'INF-ANN-5',
  needs: ['directory.transport_encrypted'],
  title: 'Flux de l’annuaire chiffrés',
  rule: 'Conforme si les flux d’alimentation et de réplication sont chiffrés ; non conforme si l’un d’eux passe en clair.',
  remediation:
    'Faites imposer TLS sur l’annuaire et refuser les connexions en clair, puis relancez une synchronisation.',
  evaluate: flagEvaluation('directory.transport_encrypted', {
    yes: 'Les flux de l’annuaire sont chiffrés.',
    no: 'Des flux de l’annuaire passent en clair.',
  }),
})
