import { defineCheck } from '../../check.ts'
import { flagEvaluation } from '../../outcome.ts'

export const mcoSvg13 = defineCheck({
  requirement: 'MCO-SVG-13',
  version: 1,
  needs: ['backup.logged'],
  title: 'Sauvegardes et restaurations tracées',
  rule: 'Conforme si chaque sauvegarde et chaque restauration laisse une trace identifiée et horodatée ; non conforme sinon.',
  remediation:
    'Faites activer le journal de la solution de sauvegarde et son envoi vers le service de journaux.',
  evaluate: flagEvaluation('backup.logged', {
    yes: 'Les sauvegardes et les restaurations sont journalisées.',
    no: 'Les sauvegardes et les restaurations ne laissent pas de trace.',
  }),
})
