import { defineCheck } from '../../check.ts'
import { figureOf, outcome, verdictOfCeiling } from '../../outcome.ts'
import { counted, days } from '../../wording.ts'

/** Days since the last scan: weekly is a routine, monthly a memory. */
const CEILINGS = { compliant: 7, partial: 30 }

export const mcoPar8 = defineCheck({
  requirement: 'MCO-PAR-8',
  version: 1,
  needs: ['parc.discovery.last_scan_age', 'parc.network_device.count'],
  title: 'Découverte automatique du réseau',
  rule: `Conforme si une découverte automatique du réseau a tourné depuis au plus ${days(CEILINGS.compliant)} ; partiel jusqu’à ${days(CEILINGS.partial)} ; non conforme au-delà.`,
  remediation: 'Programmez une découverte hebdomadaire du réseau depuis une machine toujours allumée.',
  evaluate: (values) => {
    const age = values['parc.discovery.last_scan_age']
    const found = values['parc.network_device.count']
    return outcome(
      verdictOfCeiling(age, CEILINGS),
      `La dernière découverte du réseau date de ${days(age)} : ${found === 0 ? 'aucun équipement réseau découvert' : counted(found, 'équipement réseau découvert', 'équipements réseau découverts')}.`,
      [figureOf('parc.discovery.last_scan_age', age), figureOf('parc.network_device.count', found)],
    )
  },
})
