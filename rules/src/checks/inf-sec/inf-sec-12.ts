import { defineCheck } from '../../check.ts'
import { flagEvaluation } from '../../outcome.ts'

export const infSec12 = defineCheck({
  requirement: 'INF-SEC-12',
  version: 1,
  needs: ['network.central_administration'],
  title: 'Sécurité administrée de façon centralisée',
  rule: 'Conforme si la sécurité des services est administrée et exploitée depuis un point central ; non conforme sinon.',
  remediation:
    'Demandez à la collectivité le rattachement des équipements de sécurité à sa console centrale.',
  evaluate: flagEvaluation('network.central_administration', {
    yes: 'La sécurité du réseau est administrée de façon centralisée.',
    no: 'La sécurité du réseau est administrée équipement par équipement.',
  }),
})
