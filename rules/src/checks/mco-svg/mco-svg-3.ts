import { defineCheck } from '../../check.ts'
import { figureOf, outcome } from '../../outcome.ts'
import { counted } from '../../wording.ts'

/** « Several » begins at two. */
const SEVERAL = 2

export const mcoSvg3 = defineCheck({
  requirement: 'MCO-SVG-3',
  version: 1,
  needs: ['backup.versions_kept'],
  title: 'Plusieurs versions restaurables',
  rule: `Conforme si au moins ${SEVERAL} versions des données sont restaurables ; non conforme sinon.`,
  remediation:
    'Allongez la rétention de la solution de sauvegarde : sept versions quotidiennes et quatre hebdomadaires laissent le temps de découvrir une perte.',
  evaluate: (values) => {
    const versions = values['backup.versions_kept']
    return outcome(
      versions >= SEVERAL ? 'compliant' : 'non_compliant',
      versions === 0
        ? 'Aucune version n’est restaurable.'
        : `${counted(versions, 'version des données est restaurable', 'versions des données sont restaurables')}.`,
      [figureOf('backup.versions_kept', versions)],
    )
  },
})
