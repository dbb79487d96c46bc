import { defineParams } from '@sveltejs/kit/params'
import { framework } from './framework.ts'
import { machine } from './machine.ts'
import { nature } from './nature.ts'
import { requirement } from './requirement.ts'
import { serial } from './serial.ts'
import { uai } from './uai.ts'
import { uuid } from './uuid.ts'

export const params = defineParams({ framework, machine, nature, requirement, serial, uai, uuid })
