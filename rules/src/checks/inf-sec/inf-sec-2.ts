import { defineCheck } from '../../check.ts'
import { figureOf, outcome, verdictOfCeiling } from '../../outcome.ts'
import { decimal } from '../../wording.ts'

/** Share of time: 5 % is the odd quarter of an hour of a school day; above 15 % a lesson in each day suffers. */
const CEILINGS = { compliant: 0.05, partial: 0.15 }

export const infSec2 = defineCheck({
  requirement: 'INF-SEC-2',
  version: 1,
  needs: ['network.bandwidth_saturation'],
  title: 'Accès à internet performant',
  rule: `Conforme si l’accès à internet est saturé au plus ${decimal(CEILINGS.compliant * 100)} % du temps ; partiel jusqu’à ${decimal(CEILINGS.partial * 100)} % ; non conforme au-delà.`,
  remediation:
    'Relevez les heures et les usages qui saturent l’accès, décalez les mises à jour la nuit et demandez un débit supérieur si cela ne suffit pas.',
  evaluate: (values) => {
    const saturation = values['network.bandwidth_saturation']
    return outcome(
      verdictOfCeiling(saturation, CEILINGS),
      `L’accès à internet est saturé ${decimal(saturation * 100)} % du temps.`,
      [figureOf('network.bandwidth_saturation', saturation)],
    )
  },
})
