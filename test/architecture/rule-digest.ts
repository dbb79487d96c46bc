import { createHash } from 'node:crypto'
import { definitionOf, type Check } from '@vigie/rules'
import ts from 'typescript'
import { sampleInputs } from '../../rules/src/scenarios/sample-inputs.ts'
import { read } from './project.ts'

export const DIGESTS_FILE = 'rules/src/checks/rule-digests.json'

/** Digest of each version of each rule: nothing is ever taken away from it. */
export type RuleDigests = Readonly<Record<string, Readonly<Record<string, string>>>>

export const readDigests = (): RuleDigests => JSON.parse(read(DIGESTS_FILE)) as RuleDigests

/** The code of a check without its comments, its layout and its version. */
function codeOf({ requirement, version }: Check): string {
  const id = requirement.toLowerCase()
  const path = `rules/src/checks/${id.replace(/-\d+$/, '')}/${id}.ts`
  const source = ts.createSourceFile(path, read(path), ts.ScriptTarget.ESNext)
  return ts.createPrinter({ removeComments: true }).printFile(source).replace(`version: ${version},`, '')
}

/** In: a check. Out: what changes as soon as its texts, its needs, their lifetime, its code or its verdicts do. */
export function digestOf(check: Check): string {
  const { title, rule, remediation, bounded = [] } = check
  const needs = check.needs.map((key) => [key, definitionOf(key).unit, definitionOf(key).freshnessHours])
  const hash = createHash('sha256')
  hash.update(JSON.stringify({ title, rule, remediation, needs, bounded, code: codeOf(check) }))
  for (const values of sampleInputs(check)) hash.update(check.evaluate(values, 0).verdict)
  return hash.digest('hex').slice(0, 24)
}
