import { defineCheck } from '../../check.ts'
import { flagEvaluation } from '../../outcome.ts'

export const mcoSvg6 = defineCheck({
  requirement: 'MCO-SVG-6',
  version: 1,
  needs: ['backup.centralised'],
  title: 'Sauvegarde centralisée',
  rule: 'Conforme si les sauvegardes sont pilotées par une solution centralisée ; non conforme sinon.',
  remediation:
    'Demandez à la collectivité le rattachement de l’établissement à sa solution de sauvegarde centralisée, si le débit le permet.',
  evaluate: flagEvaluation('backup.centralised', {
    yes: 'Les sauvegardes sont pilotées par une solution centralisée.',
    no: 'Les sauvegardes sont menées poste par poste ou serveur par serveur.',
  }),
})
