import { defineCheck } from '../../check.ts'
import { flagEvaluation } from '../../outcome.ts'

export const mcoReg6 = defineCheck({
  requirement: 'MCO-REG-6',
  version: 1,
  needs: ['regeneration.agent_server'],
  title: 'Agent sur le poste et serveur de configurations',
  rule: 'Conforme si un agent sur le poste reçoit ses configurations d’un serveur ; non conforme sinon.',
  remediation:
    'Faites installer l’agent de régénération sur les postes et garder les configurations sur un serveur.',
  evaluate: flagEvaluation('regeneration.agent_server', {
    yes: 'Un agent sur le poste reçoit ses configurations d’un serveur.',
    no: 'La régénération se mène poste par poste, sans serveur de configurations.',
  }),
})
