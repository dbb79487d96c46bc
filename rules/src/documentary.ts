import type { RequirementId } from './requirement.ts'
import { typeset } from './wording.ts'

const REASONS: Readonly<Partial<Record<RequirementId, string>>> = {
  'INF-AUT-5': 'Une charte écrite : elle se lit et se joint en preuve.',
  'INF-AUT-9': 'Un passage de la politique de sécurité : il se lit et se joint en preuve.',
  'INF-AUT-11': 'Une règle de la charte sur l’accompagnement des élèves : elle se lit et se joint en preuve.',
  'MCO-SVG-9': 'Une annonce faite dans la charte : elle se lit et se joint en preuve.',
  'MCO-SVG-10': 'Une explication donnée dans la charte ou les CGU : elle se lit et se joint en preuve.',
  'MCO-SVG-11':
    'Une conduite que la charte des administrateurs impose : aucune trace ne distingue une lecture interdite d’une restauration.',
  'MCO-JAL-4': 'Une annonce faite dans la charte : elle se lit et se joint en preuve.',
  'MCO-JAL-5': 'Un tableau écrit de qui consulte quoi : il se lit et se joint en preuve.',
  'MCO-JAL-6':
    'Des règles de la politique de sécurité et d’une charte : elles se lisent et se joignent en preuve.',
}

/**
 * In: a requirement of authentication, logs, backup or parc that no check decides. Out: why only a document proves it;
 * null for any other one.
 */
export const documentaryReason = (requirement: RequirementId): string | null => {
  const reason = REASONS[requirement]
  return reason === undefined ? null : typeset(reason)
}
