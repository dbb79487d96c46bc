import { defineCheck } from '../../check.ts'
import { figureOf, outcome } from '../../outcome.ts'
import { days, percent } from '../../wording.ts'

/** Days of retention: six months serve an inquiry, beyond a year personal data are kept without a ground. */
const RETENTION = { shortest: 180, longest: 365 }
/** A month to react before the disk is full, and a tenth of it free against a burst. */
const HEADROOM = { daysUntilFull: 30, freeRatio: 0.1 }

export const mcoJal2 = defineCheck({
  requirement: 'MCO-JAL-2',
  needs: ['logs.retention', 'logs.days_until_full', 'logs.storage_free_ratio'],
  title: 'Durée légale de conservation des journaux',
  rule: `Conforme si les journaux sont conservés de ${RETENTION.shortest} à ${days(RETENTION.longest)} et si leur stockage a au moins ${days(HEADROOM.daysUntilFull)} et ${percent(HEADROOM.freeRatio)} devant lui ; partiel si la place manque ; non conforme si la conservation est trop courte ou trop longue.`,
  remediation:
    'Réglez la rotation des journaux sur un an, purgez ce qui dépasse et agrandissez le stockage s’il se remplit.',
  evaluate: (values) => {
    const retention = values['logs.retention']
    const untilFull = values['logs.days_until_full']
    const free = values['logs.storage_free_ratio']
    const figures = [
      figureOf('logs.retention', retention),
      figureOf('logs.days_until_full', untilFull),
      figureOf('logs.storage_free_ratio', free),
    ]
    if (retention < RETENTION.shortest)
      return outcome(
        'non_compliant',
        `Les journaux sont conservés ${days(retention)}, moins que les ${days(RETENTION.shortest)} attendus.`,
        figures,
      )
    if (retention > RETENTION.longest)
      return outcome(
        'non_compliant',
        `Les journaux sont conservés ${days(retention)}, plus que les ${days(RETENTION.longest)} permis.`,
        figures,
      )
    const roomy = untilFull >= HEADROOM.daysUntilFull && free >= HEADROOM.freeRatio
    return outcome(
      roomy ? 'compliant' : 'partial',
      `Les journaux sont conservés ${days(retention)} ; leur stockage a ${percent(free)} de place libre et sera plein dans ${days(untilFull)}.`,
      figures,
    )
  },
})
