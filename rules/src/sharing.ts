import type { Degree, RequirementId, ServiceId } from './requirement.ts'
import type { Party } from './responsibility.ts'

/** A party, or one per degree where the école's head lacks the EPLE's legal capacity. */
export type Sharing = Party | Readonly<Record<Degree, Party>>

/** Duties of the person in charge: the head in an EPLE, the inspector (académie) for an école (CARINE §3). */
const IN_CHARGE: Sharing = { d1: 'academie', d2: 'etablissement' }

/** Default sharing by service, from Annexe I of the 2015 convention: who runs the service day to day. */
export const SERVICE_DEFAULTS: Readonly<Record<ServiceId, Sharing>> = {
  'INF-ANN': 'collectivite',
  'INF-PDT': 'collectivite',
  'INF-AUT': 'collectivite',
  'INF-SEC': 'collectivite',
  'INF-DIF': 'collectivite',
  'MCO-SVG': 'collectivite',
  'MCO-REG': 'collectivite',
  'MCO-SEI': 'collectivite',
  'MCO-JAL': 'collectivite',
  'MCO-PAR': 'collectivite',
  'UTI-ESF': 'collectivite',
  'UTI-MSG': 'academie',
  'UTI-CTR': 'academie',
  'UTI-PUB': 'etablissement',
  'UTI-REC': 'collectivite',
}

/** Requirements whose owner differs from the one of their service. */
export const EXCEPTIONS: Readonly<Partial<Record<RequirementId, Sharing>>> = {
  // Annuaire: feeding comes from the academic directory; formalities belong to the data controller
  'INF-ANN-3': 'academie',
  'INF-ANN-6': 'academie',
  'INF-ANN-7': IN_CHARGE,
  // Poste: local charters, marked folders, use of shared machines
  'INF-PDT-4': 'etablissement',
  'INF-PDT-12': 'academie',
  'INF-PDT-13': 'academie',
  'INF-PDT-15': IN_CHARGE,
  'INF-PDT-18': 'etablissement',
  'INF-PDT-19': 'etablissement',
  // Authentification: strong authentication is run by the académie, passwords are ruled by its security policy
  'INF-AUT-2': 'academie',
  'INF-AUT-3': 'academie',
  'INF-AUT-5': 'academie',
  'INF-AUT-6': 'academie',
  'INF-AUT-7': 'etablissement',
  'INF-AUT-8': 'academie',
  'INF-AUT-9': 'academie',
  'INF-AUT-10': 'etablissement',
  'INF-AUT-11': 'etablissement',
  // Sécurité: policy and filtering rules are the State's, their application the provider's
  'INF-SEC-3': 'academie',
  'INF-SEC-5': 'etablissement',
  'INF-SEC-7': 'academie',
  'INF-SEC-11': 'academie',
  // Diffusion: what is shown and who may show it
  'INF-DIF-5': 'etablissement',
  'INF-DIF-8': 'etablissement',
  // Information of users, charters
  'MCO-SVG-9': 'etablissement',
  'MCO-SVG-10': 'etablissement',
  'MCO-REG-7': 'etablissement',
  'MCO-REG-8': 'etablissement',
  'MCO-SEI-3': 'academie',
  'MCO-SEI-7': 'academie',
  'MCO-SEI-9': IN_CHARGE,
  'MCO-SEI-10': 'academie',
  'MCO-JAL-4': 'etablissement',
  'MCO-JAL-5': IN_CHARGE,
  'MCO-JAL-6': 'academie',
  'MCO-PAR-6': 'etablissement',
  'MCO-PAR-7': 'etablissement',
  'UTI-ESF-6': 'etablissement',
  'UTI-ESF-7': 'etablissement',
  'UTI-ESF-11': 'etablissement',
  'UTI-ESF-12': IN_CHARGE,
  // Messagerie: rules of use and rights are local, the service is the académie's
  'UTI-MSG-2': 'etablissement',
  'UTI-MSG-5': 'etablissement',
  'UTI-MSG-6': 'etablissement',
  'UTI-MSG-7': 'etablissement',
  'UTI-MSG-10': 'etablissement',
  'UTI-MSG-11': 'etablissement',
  'UTI-MSG-12': 'etablissement',
  'UTI-MSG-13': 'etablissement',
  'UTI-MSG-14': 'etablissement',
  'UTI-CTR-2': 'etablissement',
  'UTI-PUB-1': 'collectivite',
  'UTI-PUB-2': 'collectivite',
  'UTI-REC-4': 'etablissement',
}
