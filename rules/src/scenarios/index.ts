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
import type { ServiceScenarios } from './scenario.ts'
import { uti } from './uti.ts'

/** What real schools look like to each check: one set of values per verdict that it can give. */
export const SCENARIOS: ServiceScenarios = {
  ...infAnn,
  ...infPdt,
  ...infAut,
  ...infSec,
  ...infDif,
  ...mcoSvg,
  ...mcoReg,
  ...mcoSei,
  ...mcoJal,
  ...mcoPar,
  ...uti,
}
