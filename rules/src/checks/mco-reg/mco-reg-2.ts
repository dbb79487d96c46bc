import { defineCheck } from '../../check.ts'
import { flagEvaluation } from '../../outcome.ts'

export const mcoReg2 = defineCheck({
  requirement: 'MCO-REG-2',
  version: 1,
  needs: ['regeneration.boot_choice'],
  title: 'Configuration choisie au démarrage',
  rule: 'Conforme si la configuration du poste se choisit au démarrage ; non conforme sinon.',
  remediation: 'Demandez à l’infogérant d’ajouter au démarrage des postes un menu de leurs configurations.',
  evaluate: flagEvaluation('regeneration.boot_choice', {
    yes: 'La configuration du poste se choisit au démarrage.',
    no: 'Le poste démarre toujours dans la même configuration.',
  }),
})
