import { defineCheck } from '../../check.ts'
import { faultWhen, figureOf, outcome } from '../../outcome.ts'
import { counted } from '../../wording.ts'

/** « Combined » begins at two methods. */
const COMBINED = 2

export const infSec4 = defineCheck({
  requirement: 'INF-SEC-4',
  version: 1,
  needs: ['network.filtering_methods', 'network.filtering_allowlist_only'],
  title: 'Méthodes de filtrage combinées',
  rule: `Conforme si au moins ${COMBINED} méthodes de filtrage sont constatées (liste, nom de domaine, contenu) sans réduire la navigation à une liste de sites autorisés ; partiel avec une seule ; non conforme sans aucune, ou si seuls des sites autorisés s’ouvrent. Un cas particulier (très jeunes enfants, examen) se déclare.`,
  remediation:
    'Ajoutez au filtrage par listes celui des noms de domaine ou l’analyse du contenu, et gardez la liste de sites autorisés aux cas particuliers.',
  faults: [
    faultWhen(['network.filtering_methods'], (values) =>
      values['network.filtering_methods'] < 1 ? 'Aucune méthode de filtrage n’est constatée.' : null,
    ),
    faultWhen(['network.filtering_allowlist_only'], (values) =>
      values['network.filtering_allowlist_only']
        ? 'La navigation se réduit à une liste de sites autorisés, hors de tout cas particulier déclaré.'
        : null,
    ),
  ],
  evaluate: (values) => {
    const methods = values['network.filtering_methods']
    const allowlistOnly = values['network.filtering_allowlist_only']
    const figures = [
      figureOf('network.filtering_methods', methods),
      figureOf('network.filtering_allowlist_only', allowlistOnly),
    ]
    if (allowlistOnly)
      return outcome(
        'non_compliant',
        'La navigation se réduit à une liste de sites autorisés, hors de tout cas particulier déclaré.',
        figures,
      )
    if (methods < 1) return outcome('non_compliant', 'Aucune méthode de filtrage n’est constatée.', figures)
    return outcome(
      methods >= COMBINED ? 'compliant' : 'partial',
      methods >= COMBINED
        ? `${counted(methods, 'méthode de filtrage se combine', 'méthodes de filtrage se combinent')}.`
        : 'Une seule méthode de filtrage est constatée.',
      figures,
    )
  },
})
