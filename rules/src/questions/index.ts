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
import type { Question } from './question.ts'
import { utiCtr } from './uti-ctr.ts'
import { utiEsf } from './uti-esf.ts'
import { utiMsg } from './uti-msg.ts'
import { utiPub } from './uti-pub.ts'
import { utiRec } from './uti-rec.ts'

export type { Knower, Question } from './question.ts'

/** One question for each requirement of the catalogue. */
export const QUESTIONS: readonly Question[] = [
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
].flat()

const BY_REQUIREMENT = new Map(QUESTIONS.map((question) => [question.requirement as string, question]))

/** In: a requirement's id. Out: its plain question; undefined for an id that the catalogue does not hold. */
export const questionOf = (requirement: string): Question | undefined => BY_REQUIREMENT.get(requirement)
