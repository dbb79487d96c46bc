import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CHECKS, REQUIREMENTS } from '@vigie/rules'
import { ROOT } from './project.ts'
import { DIGESTS_FILE, digestOf, readDigests } from './rule-digest.ts'

/** Adds the digest of each new version of a rule; refuses a rule that changed under a version already sealed. */
const digests: Record<string, Record<string, string>> = structuredClone(readDigests())
const unversioned: string[] = []
for (const check of CHECKS) {
  const sealed = (digests[check.requirement] ??= {})
  const digest = digestOf(check)
  if ((sealed[check.version] ??= digest) !== digest)
    unversioned.push(`${check.requirement} (version ${check.version})`)
}
if (unversioned.length > 0) {
  process.stderr.write(`These rules changed: raise their version first.\n  ${unversioned.join('\n  ')}\n`)
  process.exitCode = 1
} else {
  const ordered = REQUIREMENTS.flatMap(({ id }) => (digests[id] ? [[id, digests[id]] as const] : []))
  writeFileSync(join(ROOT, DIGESTS_FILE), `${JSON.stringify(Object.fromEntries(ordered), null, 2)}\n`)
}
