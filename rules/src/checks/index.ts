import type { Check } from '../check.ts'
import type { RequirementId } from '../requirement.ts'
import { infAnn1 } from './inf-ann/inf-ann-1.ts'
import { infAnn2 } from './inf-ann/inf-ann-2.ts'
import { infAnn3 } from './inf-ann/inf-ann-3.ts'
import { infAnn4 } from './inf-ann/inf-ann-4.ts'
import { infAnn5 } from './inf-ann/inf-ann-5.ts'
import { infAnn6 } from './inf-ann/inf-ann-6.ts'
import { infAnn8 } from './inf-ann/inf-ann-8.ts'
import { infPdt3 } from './inf-pdt/inf-pdt-3.ts'
import { infPdt5 } from './inf-pdt/inf-pdt-5.ts'
import { infPdt7 } from './inf-pdt/inf-pdt-7.ts'
import { infPdt8 } from './inf-pdt/inf-pdt-8.ts'
import { infPdt9 } from './inf-pdt/inf-pdt-9.ts'
import { infPdt10 } from './inf-pdt/inf-pdt-10.ts'
import { infPdt11 } from './inf-pdt/inf-pdt-11.ts'
import { infPdt16 } from './inf-pdt/inf-pdt-16.ts'
import { infPdt17 } from './inf-pdt/inf-pdt-17.ts'
import { infAut1 } from './inf-aut/inf-aut-1.ts'
import { infAut2 } from './inf-aut/inf-aut-2.ts'
import { infAut3 } from './inf-aut/inf-aut-3.ts'
import { infAut4 } from './inf-aut/inf-aut-4.ts'
import { infAut6 } from './inf-aut/inf-aut-6.ts'
import { infAut7 } from './inf-aut/inf-aut-7.ts'
import { infAut8 } from './inf-aut/inf-aut-8.ts'
import { infAut10 } from './inf-aut/inf-aut-10.ts'
import { infAut12 } from './inf-aut/inf-aut-12.ts'
import { infAut13 } from './inf-aut/inf-aut-13.ts'
import { infSec1 } from './inf-sec/inf-sec-1.ts'
import { infSec2 } from './inf-sec/inf-sec-2.ts'
import { infSec4 } from './inf-sec/inf-sec-4.ts'
import { infSec8 } from './inf-sec/inf-sec-8.ts'
import { infSec12 } from './inf-sec/inf-sec-12.ts'
import { infDif1 } from './inf-dif/inf-dif-1.ts'
import { infDif4 } from './inf-dif/inf-dif-4.ts'
import { mcoSvg1 } from './mco-svg/mco-svg-1.ts'
import { mcoSvg2 } from './mco-svg/mco-svg-2.ts'
import { mcoSvg3 } from './mco-svg/mco-svg-3.ts'
import { mcoSvg4 } from './mco-svg/mco-svg-4.ts'
import { mcoSvg5 } from './mco-svg/mco-svg-5.ts'
import { mcoSvg6 } from './mco-svg/mco-svg-6.ts'
import { mcoSvg7 } from './mco-svg/mco-svg-7.ts'
import { mcoSvg8 } from './mco-svg/mco-svg-8.ts'
import { mcoSvg12 } from './mco-svg/mco-svg-12.ts'
import { mcoSvg13 } from './mco-svg/mco-svg-13.ts'
import { mcoReg1 } from './mco-reg/mco-reg-1.ts'
import { mcoReg2 } from './mco-reg/mco-reg-2.ts'
import { mcoReg3 } from './mco-reg/mco-reg-3.ts'
import { mcoReg4 } from './mco-reg/mco-reg-4.ts'
import { mcoReg5 } from './mco-reg/mco-reg-5.ts'
import { mcoReg6 } from './mco-reg/mco-reg-6.ts'
import { mcoSei1 } from './mco-sei/mco-sei-1.ts'
import { mcoSei2 } from './mco-sei/mco-sei-2.ts'
import { mcoSei3 } from './mco-sei/mco-sei-3.ts'
import { mcoSei4 } from './mco-sei/mco-sei-4.ts'
import { mcoSei5 } from './mco-sei/mco-sei-5.ts'
import { mcoSei6 } from './mco-sei/mco-sei-6.ts'
import { mcoSei8 } from './mco-sei/mco-sei-8.ts'
import { mcoSei9 } from './mco-sei/mco-sei-9.ts'
import { mcoSei10 } from './mco-sei/mco-sei-10.ts'
import { mcoJal1 } from './mco-jal/mco-jal-1.ts'
import { mcoJal2 } from './mco-jal/mco-jal-2.ts'
import { mcoJal3 } from './mco-jal/mco-jal-3.ts'
import { mcoJal7 } from './mco-jal/mco-jal-7.ts'
import { mcoJal8 } from './mco-jal/mco-jal-8.ts'
import { mcoPar1 } from './mco-par/mco-par-1.ts'
import { mcoPar2 } from './mco-par/mco-par-2.ts'
import { mcoPar3 } from './mco-par/mco-par-3.ts'
import { mcoPar4 } from './mco-par/mco-par-4.ts'
import { mcoPar5 } from './mco-par/mco-par-5.ts'
import { mcoPar6 } from './mco-par/mco-par-6.ts'
import { mcoPar7 } from './mco-par/mco-par-7.ts'
import { mcoPar8 } from './mco-par/mco-par-8.ts'
import { mcoPar9 } from './mco-par/mco-par-9.ts'
import { mcoPar10 } from './mco-par/mco-par-10.ts'
import { mcoPar11 } from './mco-par/mco-par-11.ts'
import { mcoPar12 } from './mco-par/mco-par-12.ts'
import { mcoPar13 } from './mco-par/mco-par-13.ts'
import { utiEsf9 } from './uti-esf/uti-esf-9.ts'
import { utiEsf10 } from './uti-esf/uti-esf-10.ts'
import { utiEsf13 } from './uti-esf/uti-esf-13.ts'
import { utiMsg1 } from './uti-msg/uti-msg-1.ts'
import { utiMsg3 } from './uti-msg/uti-msg-3.ts'
import { utiMsg4 } from './uti-msg/uti-msg-4.ts'
import { utiMsg8 } from './uti-msg/uti-msg-8.ts'
import { utiMsg9 } from './uti-msg/uti-msg-9.ts'
import { utiMsg15 } from './uti-msg/uti-msg-15.ts'
import { utiPub4 } from './uti-pub/uti-pub-4.ts'
import { utiPub8 } from './uti-pub/uti-pub-8.ts'

/** Every automatic check, listed by hand: nothing registers itself. */
export const CHECKS: readonly Check[] = [
  infAnn1,
  infAnn2,
  infAnn3,
  infAnn4,
  infAnn5,
  infAnn6,
  infAnn8,
  infPdt3,
  infPdt5,
  infPdt7,
  infPdt8,
  infPdt9,
  infPdt10,
  infPdt11,
  infPdt16,
  infPdt17,
  infAut1,
  infAut2,
  infAut3,
  infAut4,
  infAut6,
  infAut7,
  infAut8,
  infAut10,
  infAut12,
  infAut13,
  infSec1,
  infSec2,
  infSec4,
  infSec8,
  infSec12,
  infDif1,
  infDif4,
  mcoSvg1,
  mcoSvg2,
  mcoSvg3,
  mcoSvg4,
  mcoSvg5,
  mcoSvg6,
  mcoSvg7,
  mcoSvg8,
  mcoSvg12,
  mcoSvg13,
  mcoReg1,
  mcoReg2,
  mcoReg3,
  mcoReg4,
  mcoReg5,
  mcoReg6,
  mcoSei1,
  mcoSei2,
  mcoSei3,
  mcoSei4,
  mcoSei5,
  mcoSei6,
  mcoSei8,
  mcoSei9,
  mcoSei10,
  mcoJal1,
  mcoJal2,
  mcoJal3,
  mcoJal7,
  mcoJal8,
  mcoPar1,
  mcoPar2,
  mcoPar3,
  mcoPar4,
  mcoPar5,
  mcoPar6,
  mcoPar7,
  mcoPar8,
  mcoPar9,
  mcoPar10,
  mcoPar11,
  mcoPar12,
  mcoPar13,
  utiEsf9,
  utiEsf10,
  utiEsf13,
  utiMsg1,
  utiMsg3,
  utiMsg4,
  utiMsg8,
  utiMsg9,
  utiMsg15,
  utiPub4,
  utiPub8,
]

const BY_REQUIREMENT: ReadonlyMap<RequirementId, Check> = new Map(
  CHECKS.map((check) => [check.requirement, check]),
)

/** In: a requirement. Out: the check that decides it, undefined when it is manual. */
export const checkFor = (requirement: RequirementId): Check | undefined => BY_REQUIREMENT.get(requirement)

/** In: a requirement. Out: true when a check decides it from evidence. */
export const isAutomatic = (requirement: RequirementId): boolean => BY_REQUIREMENT.has(requirement)

/**
 * In: a requirement. Out: version of the check that decides it, null when it is manual. It grows by one whenever what
 * the check reads, asks or says changes: a status kept with its version can be explained later.
 */
export const ruleVersionOf = (requirement: RequirementId): number | null =>
  BY_REQUIREMENT.get(requirement)?.version ?? null
