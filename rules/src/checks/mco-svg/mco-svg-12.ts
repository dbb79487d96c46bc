import { defineCheck } from '../../check.ts'
import { flagEvaluation } from '../../outcome.ts'

export const mcoSvg12 = defineCheck({
  requirement: 'MCO-SVG-12',
  version: 1,
  needs: ['backup.encrypted_in_transit'],
  title: 'Flux de sauvegarde sécurisés',
  rule: 'Conforme si les flux de sauvegarde et de restauration sont chiffrés et leur intégrité contrôlée ; non conforme sinon.',
  remediation:
    'Faites activer le chiffrement et le contrôle d’intégrité dans la solution de sauvegarde, puis lancez une sauvegarde complète.',
  evaluate: flagEvaluation('backup.encrypted_in_transit', {
    yes: 'Les flux de sauvegarde sont chiffrés et contrôlés.',
    no: 'Des flux de sauvegarde circulent sans chiffrement ni contrôle d’intégrité.',
  }),
})
