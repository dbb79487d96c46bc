import { defineCheck } from '../../check.ts'
import { flagEvaluation } from '../../outcome.ts'

export const mcoJal7 = defineCheck({
  requirement: 'MCO-JAL-7',
  version: 1,
  needs: ['logs.access_restricted'],
  title: 'Accès aux journaux réservé',
  rule: 'Conforme si seuls les administrateurs techniques accèdent aux journaux ; non conforme sinon.',
  remediation:
    'Faites retirer tout accès aux journaux qui n’appartient pas à un administrateur technique désigné.',
  evaluate: flagEvaluation('logs.access_restricted', {
    yes: 'L’accès aux journaux est réservé aux administrateurs techniques.',
    no: 'D’autres personnes que les administrateurs techniques accèdent aux journaux.',
  }),
})
