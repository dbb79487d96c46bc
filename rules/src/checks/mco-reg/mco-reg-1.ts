import { defineCheck } from '../../check.ts'
import { figureOf, outcome } from '../../outcome.ts'
import { counted } from '../../wording.ts'

/** « Several » begins at two. */
const SEVERAL = 2

export const mcoReg1 = defineCheck({
  requirement: 'MCO-REG-1',
  version: 1,
  needs: ['regeneration.configurations'],
  title: 'Plusieurs configurations conservées',
  rule: `Conforme si au moins ${SEVERAL} configurations sont conservées pour les postes ; partiel s’il n’y en a qu’une ; non conforme s’il n’y en a aucune.`,
  remediation:
    'Faites enregistrer une configuration par usage (salle banalisée, atelier, examen) dans l’outil de régénération.',
  evaluate: (values) => {
    const kept = values['regeneration.configurations']
    const figures = [figureOf('regeneration.configurations', kept)]
    if (kept < 1)
      return outcome('non_compliant', 'Aucune configuration n’est conservée pour les postes.', figures)
    return outcome(
      kept >= SEVERAL ? 'compliant' : 'partial',
      `${counted(kept, 'configuration est conservée', 'configurations sont conservées')} pour les postes.`,
      figures,
    )
  },
})
