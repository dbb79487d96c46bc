import { defineCheck } from '../../check.ts'
import { flagEvaluation } from '../../outcome.ts'

export const mcoSei4 = defineCheck({
  requirement: 'MCO-SEI-4',
  version: 1,
  needs: ['supervision.remote_admin'],
  title: 'Administration à distance',
  rule: 'Conforme si l’administration technique se fait à distance ; non conforme sinon.',
  remediation: 'Demandez à l’exploitant d’ouvrir un accès d’administration à distance, chiffré et nominatif.',
  evaluate: flagEvaluation('supervision.remote_admin', {
    yes: 'L’administration technique se fait à distance.',
    no: 'L’administration technique impose un déplacement sur place.',
  }),
})
