import { defineCheck } from '../../check.ts'
import { flagEvaluation } from '../../outcome.ts'

export const mcoJal8 = defineCheck({
  requirement: 'MCO-JAL-8',
  version: 1,
  needs: ['logs.transport_encrypted'],
  title: 'Transport des journaux protégé',
  rule: 'Conforme si les journaux centralisés voyagent chiffrés et authentifiés ; non conforme sinon.',
  remediation:
    'Faites passer l’envoi des journaux en syslog sur TLS, avec vérification du certificat des deux côtés.',
  evaluate: flagEvaluation('logs.transport_encrypted', {
    yes: 'Les journaux voyagent chiffrés et authentifiés.',
    no: 'Les journaux voyagent sans chiffrement ou sans authentification.',
  }),
})
