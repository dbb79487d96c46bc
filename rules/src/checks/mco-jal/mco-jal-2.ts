import { defineCheck } from '../../check.ts'
import { faultWhen, figureOf, outcome } from '../../outcome.ts'
import { agree, counted, days, enumerate, percent } from '../../wording.ts'

/** A month to react before the disk is full, and a tenth of it free against a burst. */
const HEADROOM = { daysUntilFull: 30, freeRatio: 0.1 }

export const mcoJal2 = defineCheck({
  requirement: 'MCO-JAL-2',
  version: 2,
  needs: [
    'logs.sources',
    'logs.sources_too_short',
    'logs.sources_too_long',
    'logs.days_until_full',
    'logs.storage_free_ratio',
  ],
  bounded: [
    ['logs.sources_too_short', 'logs.sources'],
    ['logs.sources_too_long', 'logs.sources'],
  ],
  title: 'Durée légale de conservation des journaux',
  rule: `Conforme si chaque source de journaux attendue est conservée dans les durées légales fixées par l’académie et si le stockage a au moins ${days(HEADROOM.daysUntilFull)} et ${percent(HEADROOM.freeRatio)} devant lui ; partiel si la place manque ; non conforme si une source est conservée trop peu ou trop longtemps, ou si aucune n’est attendue.`,
  remediation:
    'Réglez la rotation des sources en cause sur la durée fixée par l’académie, purgez ce qui dépasse et agrandissez le stockage s’il se remplit.',
  faults: [
    faultWhen(['logs.sources_too_short'], (values) =>
      values['logs.sources_too_short'] > 0
        ? `${counted(values['logs.sources_too_short'], 'source est conservée', 'sources sont conservées')} trop peu de temps.`
        : null,
    ),
    faultWhen(['logs.sources_too_long'], (values) =>
      values['logs.sources_too_long'] > 0
        ? `${counted(values['logs.sources_too_long'], 'source est conservée', 'sources sont conservées')} trop longtemps.`
        : null,
    ),
  ],
  evaluate: (values) => {
    const sources = values['logs.sources']
    const tooShort = values['logs.sources_too_short']
    const tooLong = values['logs.sources_too_long']
    const untilFull = values['logs.days_until_full']
    const free = values['logs.storage_free_ratio']
    const figures = [
      figureOf('logs.sources_too_short', tooShort, sources),
      figureOf('logs.sources_too_long', tooLong, sources),
      figureOf('logs.days_until_full', untilFull),
      figureOf('logs.storage_free_ratio', free),
    ]
    if (sources < 1) return outcome('non_compliant', 'Aucune source de journaux n’est attendue.', figures)
    if (tooShort > 0 || tooLong > 0) {
      const faults = [
        ...(tooShort > 0
          ? [`${counted(tooShort, 'source est conservée', 'sources sont conservées')} trop peu de temps`]
          : []),
        ...(tooLong > 0
          ? [`${counted(tooLong, 'source est conservée', 'sources sont conservées')} trop longtemps`]
          : []),
      ]
      return outcome('non_compliant', `${enumerate(faults)}, sur ${sources}.`, figures)
    }
    const roomy = untilFull >= HEADROOM.daysUntilFull && free >= HEADROOM.freeRatio
    return outcome(
      roomy ? 'compliant' : 'partial',
      `${counted(sources, 'source de journaux', 'sources de journaux')} ${agree(sources, 'est conservée', 'sont conservées')} dans les durées légales ; le stockage a ${percent(free)} de place libre et sera plein dans ${days(untilFull)}.`,
      figures,
    )
  },
})
