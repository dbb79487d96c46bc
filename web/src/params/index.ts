import { defineParams } from '@sveltejs/kit/params'
import { machine } from './machine.ts'
import { requirement } from './requirement.ts'
import { uai } from './uai.ts'

export const params = defineParams({ machine, requirement, uai })
