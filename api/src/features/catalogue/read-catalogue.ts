import {
  CATALOGUE_VERSION,
  GLOSSARY,
  REQUIREMENTS,
  SERVICES,
  checkFor,
  defaultPartyOf,
  type Requirement,
} from '@vigie/rules'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'

/** A requirement with what Vigie adds to it: whether a check covers it, the rule in words, who acts by default. */
export function presentRequirement(requirement: Requirement) {
  const check = checkFor(requirement.id)
  return {
    id: requirement.id as string,
    service: requirement.service as string,
    function: requirement.function,
    modal: requirement.modal,
    levels: { ...requirement.levels },
    statement: requirement.statement,
    concerns: [...requirement.concerns] as string[],
    relatedServices: [...requirement.relatedServices] as string[],
    source: requirement.source,
    clauses: (requirement.clauses ?? []).map((clause) => ({ ...clause, levels: { ...clause.levels } })),
    automatic: check !== undefined,
    check: check
      ? {
          title: check.title,
          rule: check.rule,
          remediation: check.remediation,
          needs: [...check.needs] as string[],
        }
      : null,
    parties: {
      d1: defaultPartyOf(requirement.id, 'd1') as string,
      d2: defaultPartyOf(requirement.id, 'd2') as string,
    },
  }
}

/** The whole catalogue, as screens and `vigie catalogue` show it. */
export function readCatalogue(ctx: Context) {
  authorise(ctx.actor, 'catalogue:read')
  return {
    version: CATALOGUE_VERSION,
    services: SERVICES.map(({ id, family, name, summary }) => ({ id: id as string, family, name, summary })),
    requirements: REQUIREMENTS.map(presentRequirement),
    glossary: GLOSSARY.map((entry) => ({ ...entry })),
  }
}
