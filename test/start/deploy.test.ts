import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROOT, read } from '../architecture/project.ts'
import { dropDatabase, onServer } from '../support/on-server.ts'

const has = (command: string) => spawnSync(command, ['--version']).error === undefined
const scratch = mkdtempSync(join(tmpdir(), 'vigie-deploy-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

describe.skipIf(!has('systemd-analyze'))('the systemd units', () => {
  const units = ['vigie.service', 'vigie-sauvegarde.service', 'vigie-sauvegarde.timer']
  const at = (name: string) => join(scratch, name)
  const analyze = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync('systemd-analyze', args, { encoding: 'utf8' })
    return { status, text: `${stdout}${stderr}` }
  }

  beforeAll(() => {
    for (const unit of units) {
      writeFileSync(at(unit), read(`deploy/systemd/${unit}`).replaceAll('/opt/vigie', ROOT))
    }
  })

  it('are accepted by systemd without a word about them', () => {
    const { status, text } = analyze('verify', '--man=no', ...units.map(at))
    expect(text.split('\n').filter((line) => line.includes(scratch))).toEqual([])
    expect(status).toBe(0)
  })

  it('leave the service little to reach', () => {
    const { text } = analyze('security', '--offline=true', '--threshold=20', at('vigie.service'))
    const [, level] = /Overall exposure level for vigie\.service: ([\d.]+)/.exec(text) ?? []
    expect(Number(level), text).toBeLessThanOrEqual(2)
  })
})

describe.skipIf(!has('openssl'))('the secrets of the compose file', () => {
  const folder = join(scratch, 'compose')
  const secrets = () =>
    Object.fromEntries(
      readdirSync(join(folder, 'secrets')).map((name) => [
        name,
        readFileSync(join(folder, 'secrets', name), 'latin1'),
      ]),
    )
  const run = () => spawnSync('sh', [join(folder, 'secrets.sh')], { encoding: 'utf8' })

  it('are all made, once, and hold together', () => {
    cpSync(join(ROOT, 'deploy/compose'), folder, {
      recursive: true,
      filter: (path) => !/secrets$/.test(path),
    })
    expect(run()).toMatchObject({ status: 0, stderr: '' })
    const made = secrets()
    const declared = [...read('deploy/compose/compose.yml').matchAll(/\.\/secrets\/([a-z-]+)/g)]
    expect(Object.keys(made).sort()).toEqual(declared.map(([, name]) => name).sort())
    expect(made['master-key']).toHaveLength(32)
    expect(statSync(join(folder, 'secrets/master-key')).mode & 0o777).toBe(0o400)
    expect(statSync(join(folder, 'secrets')).mode & 0o777).toBe(0o700)
    expect(made['database-url']).toBe(`postgresql://vigie:${made['vigie-db-password']}@postgres:5432/vigie`)
    for (const name of ['postgres-password', 'metrics-token', 'grafana-password']) {
      expect(made[name]).toMatch(/^[\w-]{44}$/)
    }
    expect(run().status).toBe(0)
    expect(secrets()).toEqual(made)
  })
})

const database = process.env['DATABASE_URL']

describe.skipIf(!database)('the delivered settings, in production', () => {
  const settings = join(scratch, 'etc')
  const credentials = join(scratch, 'credentials')
  const name = `vigie_deploy_${process.pid}`
  let port: number
  let service: ChildProcess
  let output = ''
  const admin = (...args: string[]) =>
    spawnSync('sh', [join(ROOT, 'deploy/systemd/vigie-admin.sh'), ...args], {
      encoding: 'utf8',
      env: {
        PATH: `${join(process.execPath, '..')}:/usr/bin:/bin`,
        VIGIE_REGLAGES: settings,
        VIGIE_DOSSIER: ROOT,
      },
    })
  beforeAll(async () => {
    port = await new Promise<number>((resolve) => {
      const probe = createServer().listen(0, '127.0.0.1', () => {
        const found = (probe.address() as AddressInfo).port
        probe.close(() => resolve(found))
      })
    })
    await onServer(database!, `create database ${name}`)
    const url = new URL(database!)
    url.pathname = `/${name}`
    const contents = {
      'database-url': `${url.href}\n`,
      'metrics-token': 'jeton-des-mesures-des-essais\n',
      'master-key': 'k'.repeat(32),
    }
    mkdirSync(join(settings, 'secrets'), { recursive: true })
    mkdirSync(credentials)
    for (const [file, content] of Object.entries(contents)) {
      writeFileSync(join(settings, 'secrets', file), content, { mode: 0o600 })
      // As systemd may hand them over: readable through an access list that the mode shows as its group's.
      writeFileSync(join(credentials, file), content, { mode: 0o440 })
    }
    const environment = read('deploy/systemd/vigie.env.example')
      .replace(/^VIGIE_PORT=.*/m, `VIGIE_PORT=${port}`)
      .replaceAll('/etc/vigie', settings)
    writeFileSync(join(settings, 'vigie.env'), environment)
    cpSync(join(ROOT, 'deploy/systemd/collecte.json'), join(settings, 'collecte.json'))
    cpSync(join(ROOT, 'deploy/prometheus/vigie-mapping.json'), join(settings, 'vigie-mapping.json'))
  })
  afterAll(async () => {
    if (service?.exitCode === null) {
      service.kill('SIGTERM')
      await new Promise((resolve) => service.once('exit', resolve))
    }
    await dropDatabase(database!, name)
  })

  it('make the base, an account and tokens by the command of the administrator', () => {
    expect(admin('migrate')).toMatchObject({
      status: 0,
      stdout: 'La base est à jour (serveur PostgreSQL).\n',
    })
    const account = ['account', 'create', 'diaser', '--name', 'Division', '--role', 'diaser']
    expect(admin(...account, '--perimeter', 'academie:98').status).toBe(0)
    const token = admin('token', 'create', 'Essai', '--scope', 'metrics:read', '--perimeter', 'academie:98')
    expect(token).toMatchObject({ status: 0, stdout: expect.stringMatching(/^vigie_[\w-]+\n$/) as string })
  })

  it('start the service as systemd would, from its credentials alone', async () => {
    const unit = read('deploy/systemd/vigie.service')
    const given = [...unit.matchAll(/(\w+)=%d\/([a-z-]+)/g)].map(([, variable, file]) => [
      variable!,
      join(credentials, file!),
    ])
    const lines = readFileSync(join(settings, 'vigie.env'), 'utf8').matchAll(/^(VIGIE_\w+)="?([^"\n]*)"?$/gm)
    service = spawn(process.execPath, [join(ROOT, 'api/bin/vigie.cjs'), 'serve'], {
      env: {
        PATH: '/usr/bin:/bin',
        CREDENTIALS_DIRECTORY: credentials,
        VIGIE_PRODUCTION: '1',
        ...Object.fromEntries([...lines].map(([, variable, value]) => [variable!, value!])),
        ...Object.fromEntries(given),
      },
    })
    service.stdout?.on('data', (part: Buffer) => (output += part.toString()))
    service.stderr?.on('data', (part: Buffer) => (output += part.toString()))
    const ready = async () =>
      fetch(`http://127.0.0.1:${port}/readyz`).then(
        ({ status }) => status,
        () => 0,
      )
    for (let tries = 0; tries < 120 && service.exitCode === null && (await ready()) !== 200; tries++) {
      await pause(500)
    }
    expect(await ready(), output).toBe(200)
    const headers = { Authorization: 'Bearer jeton-des-mesures-des-essais' }
    expect((await fetch(`http://127.0.0.1:${port}/metrics`)).status).toBe(401)
    expect((await fetch(`http://127.0.0.1:${port}/metrics`, { headers })).status).toBe(200)
    await expect
      .poll(() => output, { timeout: 20_000 })
      .toContain('Vigie est prête : https://vigie.exemple.fr')
  })
})
