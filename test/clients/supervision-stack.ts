import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const DEPLOY = resolve(import.meta.dirname, '../../deploy')

const freePort = () =>
  new Promise<number>((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => done(port))
    })
  })

/** What the delivered files say of an administrator's machine, and what it is in this run. */
type Here = readonly (readonly [delivered: RegExp, here: string])[]

/** A delivered configuration, put in this run's places. Errors: a place that the file does not name. */
async function delivered(file: string, places: Here): Promise<string> {
  const text = await readFile(join(DEPLOY, file), 'utf8')
  return places.reduce((known, [from, to]) => {
    if (!from.test(known)) throw new Error(`${file} does not say ${from.source}`)
    return known.replaceAll(new RegExp(from.source, 'g'), to)
  }, text)
}

export interface StackOptions {
  /** Address of a running Vigie. */
  readonly vigie: string
  readonly metricsToken: string
  /** Service accounts: `metrics:read` for discovery, `alert:push` for the alarms. */
  readonly discoveryToken: string
  readonly alertToken: string
  /** Pattern of rule files, in place of the delivered ones: the same at another pace. */
  readonly rules?: string
  /** Reads everything every few seconds: for a scenario that measures no delay. */
  readonly hurried?: true
}

const HURRY: Here = [
  [/scrape_interval: \d+s/, 'scrape_interval: 4s'],
  [/scrape_timeout: \d+s/, 'scrape_timeout: 4s'],
  [/refresh_interval: \d+s/, 'refresh_interval: 4s'],
  [/evaluation_interval: \d+s/, 'evaluation_interval: 4s'],
]

export interface SupervisionStack {
  readonly prometheus: URL
  readonly alertmanager: URL
  readonly nodeExporter: string
  readonly blackbox: string
  readonly directory: string
  /** In: an instant query. Out: its series, with their values. */
  query(expression: string): Promise<readonly { metric: Record<string, string>; value: number }[]>
  /** Names of the alerts that fire now. */
  firing(): Promise<readonly string[]>
  /** Waits until a query has a series. Errors: it never had, in so many seconds. */
  waitFor(expression: string, seconds?: number): Promise<void>
  close(): Promise<void>
}

/** Debian's Prometheus, Alertmanager, node_exporter and blackbox_exporter, on the configuration that Vigie delivers. */
export async function aSupervisionStack(options: StackOptions): Promise<SupervisionStack> {
  const directory = await mkdtemp(join(tmpdir(), 'vigie-supervision-'))
  const ports = await Promise.all(Array.from({ length: 4 }, freePort))
  const [prometheus, alertmanager, nodeExporter, blackbox] = ports.map((port) => `127.0.0.1:${port}`) as [
    string,
    string,
    string,
    string,
  ]
  const at = (name: string) => join(directory, name)
  const vigie = new URL(options.vigie).host
  await Promise.all([
    writeFile(at('metrics.token'), options.metricsToken),
    writeFile(at('discovery.token'), options.discoveryToken),
    writeFile(at('alert.token'), options.alertToken),
    writeFile(
      at('prometheus.yml'),
      await delivered('prometheus/prometheus.yml', [
        [/127\.0\.0\.1:8600/, vigie],
        [/127\.0\.0\.1:9090/, prometheus],
        [/127\.0\.0\.1:9093/, alertmanager],
        [/127\.0\.0\.1:9115/, blackbox],
        [/\/etc\/prometheus\/vigie-metrics\.token/, at('metrics.token')],
        [/\/etc\/prometheus\/vigie-discovery\.token/, at('discovery.token')],
        [/rules\/\*\.yml/, options.rules ?? join(DEPLOY, 'prometheus/rules/*.yml')],
        ...(options.hurried ? HURRY : []),
      ]),
    ),
    writeFile(at('blackbox.yml'), await delivered('prometheus/blackbox.yml', [])),
    writeFile(
      at('alertmanager.yml'),
      await delivered('alertmanager/alertmanager.yml', [
        [/127\.0\.0\.1:8600/, vigie],
        [/\/etc\/prometheus\/vigie-alertes\.token/, at('alert.token')],
      ]),
    ),
  ])
  const children: ChildProcess[] = []
  const start = (command: string, ...args: string[]) => {
    children.push(spawn(command, args, { cwd: directory, stdio: 'ignore' }))
  }
  start(
    'prometheus',
    `--config.file=${at('prometheus.yml')}`,
    `--storage.tsdb.path=${at('data')}`,
    `--web.listen-address=${prometheus}`,
  )
  start(
    'prometheus-alertmanager',
    `--config.file=${at('alertmanager.yml')}`,
    `--storage.path=${at('alerts')}`,
    `--web.listen-address=${alertmanager}`,
    '--cluster.listen-address=',
  )
  start('prometheus-node-exporter', `--web.listen-address=${nodeExporter}`)
  start(
    'prometheus-blackbox-exporter',
    `--web.listen-address=${blackbox}`,
    `--config.file=${at('blackbox.yml')}`,
  )

  const url = new URL(`http://${prometheus}`)
  const ask = async <T>(path: string): Promise<T> => {
    const answer = await fetch(new URL(path, url))
    if (!answer.ok) throw new Error(`Prometheus answered ${answer.status} to ${path}: ${await answer.text()}`)
    return ((await answer.json()) as { data: T }).data
  }
  type Sample = { metric: Record<string, string>; value: [number, string] }
  const query: SupervisionStack['query'] = async (expression) => {
    const { result } = await ask<{ result: Sample[] }>(
      `/api/v1/query?query=${encodeURIComponent(expression)}`,
    )
    return result.map(({ metric, value }) => ({ metric, value: Number(value[1]) }))
  }
  return {
    prometheus: url,
    alertmanager: new URL(`http://${alertmanager}`),
    nodeExporter,
    blackbox,
    directory,
    query,
    firing: async () => {
      const { alerts } = await ask<{ alerts: { state: string; labels: Record<string, string> }[] }>(
        '/api/v1/alerts',
      )
      return alerts.filter(({ state }) => state === 'firing').map(({ labels }) => labels['alertname'] ?? '')
    },
    waitFor: async (expression, seconds = 60) => {
      for (const end = Date.now() + seconds * 1_000; Date.now() < end; await pause(250)) {
        if ((await query(expression).catch(() => [])).length > 0) return
      }
      throw new Error(`Prometheus never had a series for ${expression}`)
    },
    close: async () => {
      await Promise.all(children.map(stop))
      await rm(directory, { recursive: true, force: true })
    },
  }
}

const stop = (child: ChildProcess): Promise<void> =>
  new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) return done()
    child.once('exit', () => done())
    child.kill('SIGTERM')
  })
