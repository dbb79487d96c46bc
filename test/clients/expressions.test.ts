import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Deps } from '@vigie/api/context'
import { startJobs } from '@vigie/api/jobs/index.ts'
import { createMetrics } from '@vigie/api/metrics'
import { startServer } from '@vigie/api/server'
import { ALERTS } from '@vigie/collectors'
import { assembleDashboard, DASHBOARDS, expressionsOf } from '@vigie/collectors/grafana'
import { DEMONSTRATION_ACADEMIE } from '@vigie/rules'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openToken } from '../support/account.ts'
import { aDatabase } from '../support/database.ts'
import { depsOn } from '../support/deps.ts'
import { CHANCE } from '../support/relying-party.ts'
import { withValues, type Chosen } from './grafana-values.ts'
import { anHttpsSite } from './https-site.ts'
import { aFieldMachine } from './link-speed.ts'
import { aSecret, aSupervisedAcademie } from './supervised-academie.ts'
import { aSupervisionStack, type SupervisionStack } from './supervision-stack.ts'

const PLACE = { kind: 'academie', code: DEMONSTRATION_ACADEMIE } as const
const RECORDINGS = resolve(import.meta.dirname, '../../deploy/prometheus/rules')
/** Seconds given to what is still missing, once the scenario is played. */
const WITHIN_SECONDS = 75

let stack: SupervisionStack
let chosen: Chosen
const undo: (() => Promise<unknown>)[] = []

/** The delivered rules, evaluated every few seconds. Out: a pattern of their files. */
async function hurriedRules(directory: string): Promise<string> {
  for (const name of ['recording.yml', 'alerting.yml']) {
    const text = await readFile(join(RECORDINGS, name), 'utf8')
    await writeFile(join(directory, `rules-${name}`), text.replaceAll(/^( +interval:) .*/gm, '$1 4s'))
  }
  return join(directory, 'rules-*.yml')
}

beforeAll(async () => {
  const directory = await mkdtemp(join(tmpdir(), 'vigie-expressions-'))
  undo.push(() => rm(directory, { recursive: true, force: true }))
  const db = await aDatabase()
  undo.push(() => db.close())
  const base = depsOn(db)
  const metricsToken = aSecret()
  const deps: Deps = {
    ...base,
    clock: { now: () => new Date() },
    random: CHANCE,
    metrics: createMetrics({ processMetrics: true }),
    config: { ...base.config, demonstration: true, metricsToken, metricsEtablissements: true },
  }
  const academie = await aSupervisedAcademie(deps)
  chosen = { academie: PLACE.code, departement: '.*', uai: academie.uai }
  const server = await startServer(deps, { port: 0, host: '127.0.0.1' })
  undo.push(() => server.close())
  const jobs = await startJobs(deps)
  undo.push(() => jobs.stop())
  const machine = await aFieldMachine(directory)
  undo.push(() => machine.close())
  const site = await anHttpsSite(directory)
  undo.push(() => site.close())
  process.env['SSL_CERT_FILE'] = site.certificate
  await academie.watch([
    { module: 'node', address: machine.address, service: 'MCO-SEI' },
    { module: 'http', address: site.url, service: 'INF-DIF' },
    { module: 'tcp', address: '127.0.0.1:1', service: 'INF-AUT' },
  ])
  stack = await aSupervisionStack({
    vigie: server.url,
    metricsToken,
    discoveryToken: await openToken(deps, 'metrics:read', PLACE),
    alertToken: await openToken(deps, 'alert:push', PLACE),
    rules: await hurriedRules(directory),
    hurried: true,
  })
  undo.push(() => stack.close())
  const stopped = new AbortController()
  const traffic = academie.signIn(server.url, await openToken(deps, 'otp:verify', PLACE), stopped.signal)
  undo.push(async () => {
    stopped.abort()
    await traffic
  })
  await academie.prove()
  await academie.handleIncidents()
  await stack.waitFor('up{job="vigie-node"} == 1')
  await academie.collect(stack.prometheus)
}, 300_000)
afterAll(async () => {
  for (const step of undo.reverse()) await step()
})

interface Asked {
  readonly place: string
  readonly expr: string
}

const EVERY: readonly Asked[] = [
  ...DASHBOARDS.flatMap((definition) =>
    expressionsOf(assembleDashboard(definition, { publicUrl: 'https://vigie.exemple.fr' })).map(
      ({ dashboard, place, expr }) => ({ place: `${dashboard}, ${place}`, expr }),
    ),
  ),
  // An alert that does not fire gives nothing by nature: what it watches must.
  ...ALERTS.flatMap(({ name, observes }) => observes.map((expr) => ({ place: `alert ${name}`, expr }))),
]

/**
 * Alerts of the scenario are those of the attack. A panel of other alerts must give them when its matchers are lifted:
 * the name `ALERTS`, its labels and what is made of them are then right.
 */
const anyAlert = (expr: string) => expr.replaceAll(/ALERTS\{[^}]*\}/g, 'ALERTS')

async function gives({ expr }: Asked): Promise<boolean> {
  const asked = withValues(expr, chosen)
  const figures = async (query: string) =>
    (await stack.query(query)).filter(({ value }) => !Number.isNaN(value)).length
  if ((await figures(asked)) > 0) return true
  return expr.includes('ALERTS{') && (await figures(anyAlert(asked))) > 0
}

async function silentAmong(asked: readonly Asked[]): Promise<Asked[]> {
  const given = await Promise.all(asked.map(gives))
  return asked.filter((_, index) => !given[index])
}

describe('after a few minutes of an académie’s life', { timeout: 180_000 }, () => {
  it('every expression of every dashboard and alert gives a figure', async () => {
    let silent = await silentAmong(EVERY)
    for (const end = Date.now() + WITHIN_SECONDS * 1_000; silent.length > 0 && Date.now() < end;) {
      await pause(2_000)
      silent = await silentAmong(silent)
    }
    expect(silent.map(({ place, expr }) => `${place}: ${withValues(expr, chosen)}`)).toEqual([])
  })

  it('would name an expression of a metric that does not exist', async () => {
    const wrong = { place: 'nowhere', expr: 'sum(otp_verifications_total)' }
    expect(await silentAmong([wrong])).toEqual([wrong])
  })
})
