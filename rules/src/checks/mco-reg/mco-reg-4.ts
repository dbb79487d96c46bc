import { defineCheck } from '../../check.ts'
import { flagEvaluation } from '../../outcome.ts'

export const mcoReg4 = defineCheck({
  requirement: 'MCO-REG-4',
  version: 1,
  needs: ['regeneration.remote'],
  title: 'Régénération à distance',
  rule: 'Conforme si la régénération d’un poste peut être déclenchée à distance ; non conforme sinon. Le déclenchement sur place n’est pas mesuré : il est présumé.',
  remediation:
    'Demandez à l’infogérant d’activer le démarrage par le réseau des postes et de tester une régénération à distance.',
  evaluate: flagEvaluation('regeneration.remote', {
    yes: 'La régénération des postes peut être déclenchée à distance.',
    no: 'La régénération des postes ne peut être déclenchée que sur place.',
  }),
})
