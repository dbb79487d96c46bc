import { defineCheck } from '../../check.ts'
import { flagEvaluation } from '../../outcome.ts'

export const mcoJal3 = defineCheck({
  requirement: 'MCO-JAL-3',
  version: 1,
  needs: ['logs.external_archive'],
  title: 'Archivage externe des journaux',
  rule: 'Conforme si les journaux sont aussi archivés sur un support externe ; non conforme sinon.',
  remediation: 'Faites planifier une copie mensuelle des journaux vers un support séparé du serveur.',
  evaluate: flagEvaluation('logs.external_archive', {
    yes: 'Les journaux sont archivés sur un support externe.',
    no: 'Les journaux ne sont pas archivés sur un support externe.',
  }),
})
