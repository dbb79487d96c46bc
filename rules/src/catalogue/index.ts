import type { Requirement, Service } from '../requirement.ts'

/** Version of the framework that this catalogue restates. */
export const CATALOGUE_VERSION = 'CARINE 1.0 (juin 2016)'

/** The 15 services of CARINE, in the order of the source. */
export const SERVICES: readonly Service[] = []

/** All requirements, in the order of the source. */
export const REQUIREMENTS: readonly Requirement[] = SERVICES.flatMap((service) => service.requirements)
