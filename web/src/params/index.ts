import { defineParams } from '@sveltejs/kit/params'
import { machine } from './machine.ts'
import { requirement } from './requirement.ts'
import { serial } from './serial.ts'
import { uai } from './uai.ts'
import { uuid } from './uuid.ts'

export const params = defineParams({ machine, requirement, serial, uai, uuid })
