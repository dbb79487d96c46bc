import { defineCheck } from '../../check.ts'
import { flagEvaluation } from '../../outcome.ts'

export const mcoReg5 = defineCheck({
  requirement: 'MCO-REG-5',
  version: 1,
  needs: ['regeneration.automated'],
  title: 'Régénération automatisée',
  rule: 'Conforme si la régénération se déroule sans intervention une fois lancée ; non conforme sinon.',
  remediation:
    'Faites automatiser la régénération : relevez sur un poste d’essai chaque étape qui attend encore une personne.',
  evaluate: flagEvaluation('regeneration.automated', {
    yes: 'La régénération se déroule sans intervention une fois lancée.',
    no: 'La régénération attend des interventions une fois lancée.',
  }),
})
