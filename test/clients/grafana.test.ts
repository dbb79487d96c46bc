import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { assembleDashboard, DASHBOARDS, expressionsOf } from '@vigie/collectors/grafana'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uaiOf } from '../support/uai.ts'
import { withValues } from './grafana-values.ts'

const CHOSEN = { academie: '98', departement: '.*', uai: uaiOf(1) }
let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vigie-promql-'))
})
afterAll(() => rm(directory, { recursive: true, force: true }))

/** What promtool says of these expressions, each as the rule of its own. */
async function checked(exprs: readonly string[]): Promise<{ ok: boolean; said: string }> {
  const file = join(directory, 'expressions.json')
  const rules = exprs.map((expr, index) => ({ record: `essai:expression:n${index}`, expr }))
  await writeFile(file, JSON.stringify({ groups: [{ name: 'expressions', rules }] }))
  return new Promise((done) =>
    execFile('promtool', ['check', 'rules', file], (error, out, err) =>
      done({ ok: !error, said: `${out}${err}` }),
    ),
  )
}

describe('every expression of every dashboard', () => {
  const expressions = DASHBOARDS.flatMap((definition) =>
    expressionsOf(assembleDashboard(definition, { publicUrl: 'https://vigie.exemple.fr' })),
  )

  it('is PromQL that Prometheus parses', async () => {
    expect(expressions.length).toBeGreaterThan(120)
    const { ok, said } = await checked(expressions.map(({ expr }) => withValues(expr, CHOSEN)))
    expect(said).toContain(`${expressions.length} rules found`)
    expect(ok, said).toBe(true)
  })

  it('would be told apart if it were not', async () => {
    expect(await checked(['sum by (academie) (carine_points'])).toMatchObject({ ok: false })
  })
})
