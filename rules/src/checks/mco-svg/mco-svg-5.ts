import { defineCheck } from '../../check.ts'
import { flagEvaluation } from '../../outcome.ts'

export const mcoSvg5 = defineCheck({
  requirement: 'MCO-SVG-5',
  version: 1,
  needs: ['backup.remote_copy'],
  title: 'Sauvegardes éloignées des données',
  rule: 'Conforme si une copie des sauvegardes est conservée hors du site des données ; non conforme sinon.',
  remediation:
    'Faites ajouter une copie hors du site : un incendie ou un vol emporterait aujourd’hui les données et leur sauvegarde.',
  evaluate: flagEvaluation('backup.remote_copy', {
    yes: 'Une copie des sauvegardes est conservée hors du site.',
    no: 'Aucune copie des sauvegardes n’est conservée hors du site.',
  }),
})
