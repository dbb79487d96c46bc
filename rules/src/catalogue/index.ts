import { SERVICE_IDS } from '../requirement.ts'
import type { Requirement, RequirementId, Service, ServiceId } from '../requirement.ts'
import { infAnn } from './inf-ann.ts'
import { infAut } from './inf-aut.ts'
import { infDif } from './inf-dif.ts'
import { infPdt } from './inf-pdt.ts'
import { infSec } from './inf-sec.ts'
import { mcoJal } from './mco-jal.ts'
import { mcoPar } from './mco-par.ts'
import { mcoReg } from './mco-reg.ts'
import { mcoSei } from './mco-sei.ts'
import { mcoSvg } from './mco-svg.ts'
import { utiCtr } from './uti-ctr.ts'
import { utiEsf } from './uti-esf.ts'
import { utiMsg } from './uti-msg.ts'
import { utiPub } from './uti-pub.ts'
import { utiRec } from './uti-rec.ts'

export { GLOSSARY } from './glossary.ts'
export type { GlossaryEntry } from './glossary.ts'

/** Version of the framework that this catalogue restates. */
export const CATALOGUE_VERSION = 'CARINE 1.0 (juin 2016)'

/** The 15 services of CARINE, in the order of the source. */
export const SERVICES: readonly Service[] = [
  infAnn,
  infPdt,
  infAut,
  infSec,
  infDif,
  mcoSvg,
  mcoReg,
  mcoSei,
  mcoJal,
  mcoPar,
  utiEsf,
  utiMsg,
  utiCtr,
  utiPub,
  utiRec,
]

/** All 163 requirements, in the order of the source. */
export const REQUIREMENTS: readonly Requirement[] = SERVICES.flatMap((service) => service.requirements)

const requirements = new Map<string, Requirement>(REQUIREMENTS.map((entry) => [entry.id, entry]))
const services = new Map<string, Service>(SERVICES.map((entry) => [entry.id, entry]))

/** The requirement with this id as printed (`INF-AUT-13`), or `undefined` when the catalogue has none. */
export function requirementById(id: string): Requirement | undefined {
  return requirements.get(id)
}

/** The service with this id (`INF-AUT`), or `undefined` when the catalogue has none. */
export function serviceById(id: string): Service | undefined {
  return services.get(id)
}

/** Whether the text is the id of one of the 163 requirements, exactly as printed. */
export function isRequirementId(text: string): text is RequirementId {
  return requirements.has(text)
}

/** Whether the text is the id of one of the 15 services, exactly as printed. */
export function isServiceId(text: string): text is ServiceId {
  return SERVICE_IDS.some((id) => id === text)
}
