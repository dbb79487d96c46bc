import { defineCheck } from '../../check.ts'
import { flagEvaluation } from '../../outcome.ts'

export const mcoSvg4 = defineCheck({
  requirement: 'MCO-SVG-4',
  version: 1,
  needs: ['backup.removable_offsite'],
  title: 'Supports de sauvegarde rangés sur un autre site',
  rule: 'Conforme si des supports de sauvegarde sont sortis et rangés sur un autre site ; non conforme sinon.',
  remediation:
    'Sortez chaque semaine un support de sauvegarde et rangez-le dans un autre bâtiment, sous clé, avec sa date.',
  evaluate: flagEvaluation('backup.removable_offsite', {
    yes: 'Des supports de sauvegarde sont rangés sur un autre site.',
    no: 'Aucun support de sauvegarde n’est rangé sur un autre site.',
  }),
})
