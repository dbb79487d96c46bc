import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

const start = (command: string, args: readonly string[], cwd: string): ChildProcess =>
  spawn(command, [...args], { cwd, stdio: 'ignore' })

const stop = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })

export interface PrometheusStack {
  readonly url: URL
  /** In: an instant query. Out: how many series it has now. */
  count(query: string): Promise<number>
  waitFor(query: string): Promise<void>
  /** Changes the figures that the textfile collector gives. */
  expose(lines: readonly string[]): Promise<void>
  stopPrometheus(): Promise<void>
  close(): Promise<void>
}

/** Debian's Prometheus, node_exporter and blackbox_exporter, scraping each other for one establishment. */
export async function aPrometheusStack(uai: string, unknownUai: string): Promise<PrometheusStack> {
  const directory = await mkdtemp(join(tmpdir(), 'vigie-prometheus-'))
  const [prometheusPort, nodePort, blackboxPort, deadPort] = await Promise.all(
    [1, 2, 3, 4].map(() => freePort()),
  )
  const local = (port: number | undefined) => `127.0.0.1:${port}`
  const expose = (lines: readonly string[]) =>
    writeFile(join(directory, 'vigie.prom'), `${lines.join('\n')}\n`)
  await expose([])
  await writeFile(
    join(directory, 'blackbox.yml'),
    'modules: {http_2xx: {prober: http, timeout: 2s, http: {preferred_ip_protocol: ip4}}}\n',
  )
  const probe = JSON.stringify([`http://${local(nodePort)}/metrics`, `http://${local(deadPort)}/personne`])
  await writeFile(
    join(directory, 'prometheus.yml'),
    `global: {scrape_interval: 2s, scrape_timeout: 2s}
scrape_configs:
  - job_name: node
    static_configs:
      - {targets: ['${local(nodePort)}'], labels: {uai: '${uai}'}}
      - {targets: ['${local(deadPort)}'], labels: {uai: '${uai}'}}
  - job_name: elsewhere
    static_configs: [{targets: ['${local(nodePort)}'], labels: {uai: '${unknownUai}'}}]
  - job_name: blackbox
    metrics_path: /probe
    params: {module: [http_2xx]}
    static_configs: [{targets: ${probe}, labels: {uai: '${uai}'}}]
    relabel_configs:
      - {source_labels: [__address__], target_label: __param_target}
      - {source_labels: [__param_target], target_label: instance}
      - {target_label: __address__, replacement: '${local(blackboxPort)}'}
`,
  )
  const prometheus = start(
    'prometheus',
    [
      `--config.file=${join(directory, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(directory, 'data')}`,
      `--web.listen-address=${local(prometheusPort)}`,
    ],
    directory,
  )
  const children = [
    prometheus,
    start(
      'prometheus-node-exporter',
      [`--web.listen-address=${local(nodePort)}`, `--collector.textfile.directory=${directory}`],
      directory,
    ),
    start(
      'prometheus-blackbox-exporter',
      [`--web.listen-address=${local(blackboxPort)}`, `--config.file=${join(directory, 'blackbox.yml')}`],
      directory,
    ),
  ]
  const url = new URL(`http://${local(prometheusPort)}`)
  const count = async (query: string) => {
    const address = new URL('/api/v1/query', url)
    address.searchParams.set('query', query)
    const answer = (await (await fetch(address)).json()) as { data?: { result: unknown[] } }
    return answer.data?.result.length ?? 0
  }
  return {
    url,
    count,
    waitFor: async (query) => {
      for (let attempt = 0; attempt < 240; attempt += 1) {
        if ((await count(query).catch(() => 0)) > 0) return
        await pause(250)
      }
      throw new Error(`Prometheus never had a series for ${query}`)
    },
    expose,
    stopPrometheus: () => stop(prometheus),
    close: async () => {
      await Promise.all(children.map(stop))
      await rm(directory, { recursive: true, force: true })
    },
  }
}
