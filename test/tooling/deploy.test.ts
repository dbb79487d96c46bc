import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { ROOT, read } from '../architecture/project.ts'

type Value = string | number | boolean | null
interface Secret {
  readonly source: string
  readonly target: string
}
interface Service {
  readonly image: string
  readonly build?: { readonly context: string; readonly dockerfile: string }
  readonly restart?: string
  readonly read_only?: boolean
  readonly cap_drop?: readonly string[]
  readonly security_opt?: readonly string[]
  readonly mem_limit?: string
  readonly cpus?: number
  readonly environment?: Readonly<Record<string, Value>>
  readonly secrets?: readonly (string | Secret)[]
  readonly volumes?: readonly string[]
  readonly networks?: readonly string[]
  readonly ports?: readonly string[]
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>
  readonly healthcheck?: { readonly test: readonly string[] }
}
interface Compose {
  readonly services: Readonly<Record<string, Service>>
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>
  readonly volumes: Readonly<Record<string, unknown>>
  readonly secrets: Readonly<Record<string, { readonly file: string }>>
}

const COMPOSE = 'deploy/compose'
const compose = parse(read(`${COMPOSE}/compose.yml`), { merge: true }) as Compose
const services = Object.entries(compose.services)
const exists = (path: string) => existsSync(join(ROOT, path))
const secretNames = (service: Service) =>
  (service.secrets ?? []).map((secret) => (typeof secret === 'string' ? secret : secret.source))
/** By the service itself, or by the image that is built here. */
const saysItsHealth = ({ healthcheck, build }: Service) =>
  healthcheck !== undefined || (build !== undefined && /^HEALTHCHECK /m.test(read(build.dockerfile)))
const mounts = services.flatMap(([name, { volumes = [] }]) =>
  volumes.map((volume) => {
    const [source = '', target = '', mode] = volume.split(':')
    return { name, source, target, mode, isFile: /^\.{1,2}\//.test(source) }
  }),
)

describe('the compose file', () => {
  it('has every part of the supervision', () => {
    expect(Object.keys(compose.services).sort()).toEqual([
      'alertmanager',
      'blackbox',
      'grafana',
      'postgres',
      'prometheus',
      'vigie',
    ])
  })

  it('refers to networks, volumes, secrets and services that it declares, and declares no other', () => {
    const used = {
      networks: new Set(services.flatMap(([, { networks = [] }]) => networks)),
      volumes: new Set(mounts.filter(({ isFile }) => !isFile).map(({ source }) => source)),
      secrets: new Set(services.flatMap(([, service]) => secretNames(service))),
    }
    for (const kind of ['networks', 'volumes', 'secrets'] as const) {
      expect([...used[kind]].sort(), kind).toEqual(Object.keys(compose[kind]).sort())
    }
    for (const [name, { depends_on = {} }] of services) {
      for (const [needed, { condition }] of Object.entries(depends_on)) {
        const service = compose.services[needed]
        expect(service !== undefined && saysItsHealth(service), `${name} -> ${needed}`).toBe(true)
        expect(condition).toBe('service_healthy')
      }
    }
  })

  it('mounts files of this repository, read-only', () => {
    const files = mounts.filter(({ isFile }) => isFile)
    expect(files.length).toBeGreaterThan(8)
    for (const { name, source, mode } of files) {
      expect(exists(normalize(join(COMPOSE, source))), `${name}: ${source}`).toBe(true)
      expect(mode, `${name}: ${source}`).toBe('ro')
    }
  })

  it('gives each configuration the files that it names', () => {
    const given = (name: string) => [
      ...mounts.filter((mount) => mount.name === name).map(({ target }) => target),
      ...(compose.services[name]?.secrets ?? []).map((secret) =>
        typeof secret === 'string' ? `/run/secrets/${secret}` : secret.target,
      ),
    ]
    const named = (path: string) =>
      [...read(path).matchAll(/credentials_file: (\S+)/g)].map(([, file]) => file!)
    for (const [name, path] of [
      ['prometheus', `${COMPOSE}/prometheus.yml`],
      ['alertmanager', `${COMPOSE}/alertmanager.yml`],
    ] as const) {
      expect(named(path).length).toBeGreaterThan(0)
      for (const file of named(path)) expect(given(name), path).toContain(file)
    }
    for (const [name, { environment = {} }] of services) {
      const read = Object.values(environment).filter((value) => String(value).startsWith('/run/secrets/'))
      for (const file of read) expect(given(name), name).toContain(file)
    }
    const collect = JSON.parse(read(`${COMPOSE}/collecte.json`)) as { prometheus: { mapping: string }[] }
    expect(given('vigie')).toContain(`/etc/vigie/${collect.prometheus[0]?.mapping}`)
  })

  it('holds no secret and no default password', () => {
    for (const [name, { environment = {} }] of services) {
      for (const [variable, value] of Object.entries(environment)) {
        if (!/PASSWORD|TOKEN|SECRET|DATABASE_URL|SMTP_URL|KEY/.test(variable)) continue
        expect(variable, name).toMatch(/_FILE$/)
        expect(String(value), name).toMatch(/^(\/run\/secrets\/|\$\{VIGIE_SMTP_URL_FILE:-\}$)/)
      }
    }
    expect(Object.values(compose.secrets).every(({ file }) => file.startsWith('./secrets/'))).toBe(true)
    expect(read(`${COMPOSE}/.gitignore`)).toContain('/secrets/')
  })

  it('pins every image, and bounds every service', () => {
    for (const [name, service] of services) {
      expect(service.image, name).toMatch(/:v?\d+\.\d+(\.\d+)?(-[a-z]+)?$/)
      expect(service.restart, name).toBe('unless-stopped')
      expect(service.security_opt, name).toContain('no-new-privileges:true')
      expect(service.mem_limit, name).toMatch(/^\d+[mg]$/)
      expect(service.cpus, name).toBeGreaterThan(0)
      expect(saysItsHealth(service), name).toBe(true)
      if (name === 'postgres') continue
      expect(service.read_only, name).toBe(true)
      expect(service.cap_drop, name).toEqual(['ALL'])
    }
  })

  it('publishes Vigie and Grafana alone, on this machine unless told otherwise; the base joins nobody', () => {
    const published = services.filter(([, { ports = [] }]) => ports.length > 0)
    expect(published.map(([name]) => name).sort()).toEqual(['grafana', 'vigie'])
    for (const [, { ports = [] }] of published) {
      for (const port of ports) expect(port).toMatch(/:-127\.0\.0\.1:\d+\}:\d+$/)
    }
    expect(compose.services['postgres']?.networks).toEqual(['base'])
    expect(compose.networks['base']?.internal).toBe(true)
  })

  it('asks for what .env.example explains', () => {
    const asked = [...read(`${COMPOSE}/compose.yml`).matchAll(/\$\{(\w+)/g)].map(([, name]) => name!)
    const explained = read(`${COMPOSE}/.env.example`)
    for (const name of new Set(asked)) expect(explained).toMatch(new RegExp(`^(# )?${name}=`, 'm'))
  })

  it('has Prometheus and Alertmanager as delivered, with the names of the services', () => {
    const directory = mkdtempSync(join(tmpdir(), 'vigie-adapter-'))
    try {
      execFileSync('sh', [join(ROOT, COMPOSE, 'adapter.sh'), directory])
      for (const file of ['prometheus.yml', 'alertmanager.yml']) {
        const written = readFileSync(join(directory, file), 'utf8')
        expect(read(`${COMPOSE}/${file}`), `lancez sh ${COMPOSE}/adapter.sh`).toBe(written)
        const hosts = [...written.matchAll(/\b([a-z]+):(?:8600|9093|9115)\b/g)].map(([, host]) => host!)
        expect(hosts.length).toBeGreaterThan(0)
        for (const host of hosts) expect(Object.keys(compose.services)).toContain(host)
      }
    } finally {
      rmSync(directory, { recursive: true })
    }
  })
})

describe('the image', () => {
  const lines = read(`${COMPOSE}/Dockerfile`).replaceAll('\\\n', ' ').split('\n')
  const steps = lines.flatMap((line) => {
    const [, name = '', rest = ''] = /^([A-Z]+) (.*)$/.exec(line) ?? []
    return name ? [{ name, rest }] : []
  })
  const of = (name: string) => steps.filter((step) => step.name === name).map(({ rest }) => rest)
  const allowed = read(`${COMPOSE}/Dockerfile.dockerignore`)
    .split('\n')
    .filter((line) => line.startsWith('!'))
    .map((line) => line.slice(1))

  it('is built from a context and a file that exist', () => {
    const build = compose.services['vigie']?.build
    expect(normalize(join(COMPOSE, build?.context ?? '')).replace(/\/$/, '')).toBe('.')
    expect(exists(build?.dockerfile ?? 'absent')).toBe(true)
  })

  it('copies what exists and what the build may see', () => {
    const sources = of('COPY')
      .filter((rest) => !rest.startsWith('--from'))
      .flatMap((rest) => rest.split(' ').slice(0, -1))
    expect(sources.length).toBeGreaterThan(8)
    for (const source of sources) {
      expect(exists(source), source).toBe(true)
      expect(
        allowed.some((path) => source === path || source.startsWith(`${path}/`)),
        source,
      ).toBe(true)
    }
  })

  it('has every workspace that the lockfile expects, and the operator’s documents', () => {
    const { workspaces, scripts } = JSON.parse(read('package.json')) as {
      workspaces: string[]
      scripts: Record<string, string>
    }
    const copied = of('COPY').flatMap((rest) => rest.split(' ').slice(0, -1))
    for (const workspace of workspaces) {
      expect(
        copied.some((path) => path === workspace || path === `${workspace}/package.json`),
        workspace,
      ).toBe(true)
    }
    expect(copied).toContain('docs/exploitation')
    expect(of('RUN')).toEqual(['npm run build'])
    expect(exists(scripts['build']!.split(' ')[1]!)).toBe(true)
  })

  it('runs as nobody special, from one pinned Node, and says when it is ready', () => {
    const bases = of('FROM').map((rest) => rest.split(' ')[0])
    expect(new Set(bases).size).toBe(1)
    expect(bases[0]).toMatch(/^node:24\.\d+\.\d+-bookworm-slim$/)
    expect(of('USER')).toEqual(['node'])
    expect(of('HEALTHCHECK')[0]).toContain('/readyz')
    const entry = JSON.parse(of('ENTRYPOINT')[0]!) as string[]
    expect(exists(entry.at(-1)!)).toBe(true)
    expect(of('ENV')[0]).toContain('VIGIE_PRODUCTION=1')
  })
})

describe('the systemd units', () => {
  const files = readdirSync(join(ROOT, 'deploy/systemd'))
  const unit = read('deploy/systemd/vigie.service')
  const values = (name: string) =>
    [...unit.matchAll(new RegExp(`^${name}=(.*)$`, 'gm'))].map(([, value]) => value!)

  it('start a file of this repository, with each secret that its settings name', () => {
    const [command = ''] = values('ExecStart')
    expect(exists(command.split(' ')[0]!.replace('/opt/vigie/', ''))).toBe(true)
    const given = values('LoadCredential').map((value) => value.split(':')[0])
    const named = [...unit.matchAll(/%d\/([a-z-]+)/g)].map(([, name]) => name)
    expect(named.sort()).toEqual(given.sort())
    const admin = read('deploy/systemd/vigie-admin.sh')
    for (const name of given) expect(admin).toContain(`/secrets/${name}"`)
  })

  it('name settings that Vigie reads', () => {
    const known = ['api/src/settings.ts', 'api/src/commands/serve.ts'].map(read).join('')
    const texts = [unit, read('deploy/systemd/vigie.env.example'), read(`${COMPOSE}/compose.yml`)].join('\n')
    const variables = [...texts.matchAll(/\b(VIGIE_[A-Z_]+)(?==|:)/g)].map(([, name]) => name!)
    const others = /^VIGIE_(BIND|PROMETHEUS_URL|GRAFANA_DASHBOARDS)$/
    for (const name of new Set(variables)) {
      if (!others.test(name)) expect(known, name).toContain(`'${name.replace(/_FILE$/, '')}`)
    }
  })

  it('say where each goes', () => {
    for (const file of files.filter((name) => !name.endsWith('.json'))) {
      expect(read(`deploy/systemd/${file}`), file).toMatch(/^(#!.*\n)?# \/(etc|usr)\//)
    }
    expect(dirname('deploy/systemd/vigie.service')).toBe('deploy/systemd')
  })
})
