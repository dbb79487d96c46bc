import { defineCheck } from '../../check.ts'
import { figureOf, outcome, verdictOfCeiling } from '../../outcome.ts'
import { counted, days } from '../../wording.ts'

/** Days since the last scan: weekly is a routine, monthly a memory. */
const CEILINGS = { compliant: 7, partial: 30 }

export const mcoPar9 = defineCheck({
  requirement: 'MCO-PAR-9',
  version: 1,
  needs: ['parc.discovery.last_scan_age', 'parc.discovery.unknown_devices'],
  title: 'Matériels hors parc détectés',
  rule: `Conforme si les matériels connectés absents du parc ont été recherchés depuis au plus ${days(CEILINGS.compliant)} ; partiel jusqu’à ${days(CEILINGS.partial)} ; non conforme au-delà.`,
  remediation:
    'Relancez la découverte du réseau et triez les équipements inconnus : à inscrire au parc, personnels, ou à débrancher.',
  evaluate: (values) => {
    const age = values['parc.discovery.last_scan_age']
    const found = values['parc.discovery.unknown_devices']
    return outcome(
      verdictOfCeiling(age, CEILINGS),
      `La dernière découverte du réseau date de ${days(age)} : ${found === 0 ? 'aucun équipement connecté n’est absent du parc' : counted(found, 'équipement connecté est absent du parc', 'équipements connectés sont absents du parc')}.`,
      [figureOf('parc.discovery.last_scan_age', age), figureOf('parc.discovery.unknown_devices', found)],
    )
  },
})
