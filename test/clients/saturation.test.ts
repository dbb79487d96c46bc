import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uaiOf } from '../support/uai.ts'

const MAPPING = join(import.meta.dirname, '../../deploy/prometheus/vigie-mapping.json')
let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vigie-saturation-'))
})
afterAll(() => rm(directory, { recursive: true, force: true }))

async function queryOf(key: string): Promise<string> {
  const entries = JSON.parse(await readFile(MAPPING, 'utf8')) as { key: string; query: string }[]
  const entry = entries.find((known) => known.key === key)
  if (!entry) throw new Error(`The mapping has no ${key}.`)
  return entry.query
}

describe('the saturation of the access to the internet, by a real promtool', () => {
  it('is the share of office hours of seven days where nine tenths of the capacity are used', async () => {
    const [uai, calm] = [uaiOf(1), uaiOf(2)]
    const expr = JSON.stringify(await queryOf('network.bandwidth_saturation'))
    await writeFile(join(directory, 'rules.yml'), 'groups: []\n')
    // An hour of samples each five minutes: six within office hours, three of them saturated; at night everything is.
    await writeFile(
      join(directory, 'test.yml'),
      `rule_files: [rules.yml]
evaluation_interval: 5m
tests:
  - interval: 5m
    input_series:
      - series: 'etablissement:bandwidth_saturation:ratio{uai="${uai}"}'
        values: '0.95 0.95 0.95 0.2 0.2 0.2 1 1 1 1 1 1'
      - series: 'etablissement:bandwidth_saturation:ratio{uai="${calm}"}'
        values: '0.5x11'
      - series: 'paris:office_hours:bool'
        values: '1 1 1 1 1 1 0 0 0 0 0 0'
    promql_expr_test:
      - expr: ${expr}
        eval_time: 55m
        exp_samples:
          - {labels: '{uai="${uai}"}', value: 0.5}
          - {labels: '{uai="${calm}"}', value: 0}
`,
    )
    const { stdout } = await promisify(execFile)('promtool', ['test', 'rules', 'test.yml'], {
      cwd: directory,
    })
    expect(stdout).toContain('SUCCESS')
  })
})
