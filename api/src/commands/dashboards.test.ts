import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const BIN = join(import.meta.dirname, '../../bin/vigie.cjs')
let directory: string

const dashboards = (args: readonly string[], environment: Record<string, string> = {}) =>
  new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const env = { PATH: '/usr/bin:/bin', DATABASE_URL: 'postgresql://127.0.0.1:1/none', ...environment }
    execFile(process.execPath, [BIN, 'dashboards', ...args], { env }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    )
  })

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vigie-dashboards-'))
})
afterAll(() => rm(directory, { recursive: true, force: true }))

describe('vigie dashboards', { timeout: 120_000 }, () => {
  it('writes the dashboards and Grafana’s alerts with the address given, without a database', async () => {
    const out = join(directory, 'tableaux')
    const alerting = join(directory, 'alertes')
    const { code, out: said } = await dashboards([
      ...['--out', out, '--alerting', alerting],
      ...['--public-url', 'https://vigie.exemple.fr/', '--json'],
    ])
    expect(code).toBe(0)
    const { written, published } = JSON.parse(said) as { written: string[]; published: unknown[] }
    expect(written).toHaveLength(8)
    expect(published).toEqual([])
    expect(await readdir(out)).toHaveLength(6)
    const comite = await readFile(join(out, 'vigie-comite.json'), 'utf8')
    expect(comite).toContain('"query": "https://vigie.exemple.fr"')
    const rules = await readFile(join(alerting, 'rules.yml'), 'utf8')
    expect(rules).toContain('https://vigie.exemple.fr/exploitation/alertes#otpbruteforce')
  })

  it('publishes all of them in a Grafana, and says where', async () => {
    // Plays Grafana's HTTP API as its documentation gives it: no Grafana runs here.
    const double = createServer((incoming, outgoing) => {
      void json(incoming).then((body) => {
        const { uid = 'vigie' } = (body as { dashboard?: { uid: string } }).dashboard ?? {}
        outgoing.setHeader('content-type', 'application/json')
        outgoing.end(JSON.stringify({ uid, url: `/d/${uid}/x`, version: 1, status: 'success' }))
      })
    })
    await new Promise<void>((done) => double.listen(0, '127.0.0.1', done))
    const url = `http://127.0.0.1:${(double.address() as AddressInfo).port}`
    const { code, out } = await dashboards(['--publish', url, '--json'], {
      VIGIE_GRAFANA_TOKEN: 'glsa_fictif',
    })
    double.close()
    expect(code).toBe(0)
    const { published } = JSON.parse(out) as { published: { uid: string; address: string }[] }
    expect(published).toHaveLength(6)
    expect(published[0]).toMatchObject({
      uid: 'vigie-authentification',
      address: `${url}/d/vigie-authentification/x`,
    })
  })

  it('takes the public address of the environment', async () => {
    const out = join(directory, 'ailleurs')
    await dashboards(['--out', out], { VIGIE_PUBLIC_URL: 'https://ailleurs.exemple.fr' })
    expect(await readFile(join(out, 'vigie-parc.json'), 'utf8')).toContain('https://ailleurs.exemple.fr')
  })

  it('refuses what it cannot do, in French, with the exit code that says why', async () => {
    const nothing = await dashboards([])
    expect(nothing).toMatchObject({ code: 2, out: '' })
    expect(nothing.err).toContain('--publish')
    const noToken = await dashboards(['--publish', 'http://127.0.0.1:1'])
    expect(noToken.code).toBe(2)
    expect(noToken.err).toContain('VIGIE_GRAFANA_TOKEN')
    const address = await dashboards(['--out', directory, '--public-url', 'vigie'])
    expect(address.code).toBe(2)
    expect(address.err).toContain('--public-url')
    const token = join(directory, 'jeton')
    await writeFile(token, 'glsa_fictif\n')
    const away = await dashboards(['--publish', 'http://127.0.0.1:1', '--token-file', token])
    expect(away.code).toBe(3)
    expect(away.err).toContain('connexion refusée')
    expect(away.err).not.toContain('glsa_fictif')
    const file = await dashboards(['--out', join(token, 'dossier')])
    expect(file.code).toBe(3)
    expect(file.err).toContain('Vérifiez le dossier')
  })
})
