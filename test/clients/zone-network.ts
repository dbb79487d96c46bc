import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { stop } from './squid.ts'

const run = promisify(execFile)
const ip = (...args: string[]) => run('ip', args)

const MODULES = 'modules: {tcp: {prober: tcp, timeout: 1s, tcp: {preferred_ip_protocol: ip4}}}\n'

export interface Zone {
  readonly name: string
  /** Address of its blackbox exporter, as Vigie reaches it. */
  readonly exporter: string
}

export interface ZoneNetwork {
  readonly administrative: Zone
  readonly pedagogique: Zone
  /** A server of the administrative zone, `address:port`, as both zones know it. */
  readonly console: string
  /** A server of each zone that its own exporter reaches. */
  readonly witness: string
  /** Closes the way from the pedagogical zone, or opens it again. */
  setClosed(closed: boolean): Promise<void>
  stopConsole(): Promise<void>
  close(): Promise<void>
}

/** True where network namespaces can be made: as root, on Linux. */
export async function canSeparate(): Promise<boolean> {
  const name = `vigie-try-${randomInt(1e9)}`
  try {
    await ip('netns', 'add', name)
    await ip('netns', 'del', name)
    return true
  } catch {
    return false
  }
}

/**
 * Two zones of a school, in network namespaces that a cable joins (198.18.0.0/15, RFC 2544), a real blackbox exporter in each,
 * and a console in the administrative one. Vigie reaches the exporters by cables of their own.
 */
export async function aZoneNetwork(): Promise<ZoneNetwork> {
  const directory = await mkdtemp(join(tmpdir(), 'vigie-zones-'))
  const config = join(directory, 'blackbox.yml')
  await writeFile(config, MODULES)
  const tag = randomInt(0x1000, 0xffff).toString(16)
  const net = randomInt(1, 60) * 4
  const subnet = (at: number, host: number) => `198.18.${net + at}.${host}`
  const [admin, pedagogy] = [`vigie-a${tag}`, `vigie-p${tag}`]
  const children: ChildProcess[] = []
  const start = (zone: string, command: string, ...args: string[]) => {
    const child = spawn('ip', ['netns', 'exec', zone, command, ...args], { stdio: 'ignore' })
    children.push(child)
    return child
  }
  const close = async () => {
    await Promise.all(children.map(stop))
    for (const name of [admin, pedagogy]) await ip('netns', 'del', name).catch(() => {})
    await rm(directory, { recursive: true, force: true })
  }
  try {
    for (const name of [admin, pedagogy]) {
      await ip('netns', 'add', name)
      await ip('-n', name, 'link', 'set', 'lo', 'up')
    }
    await cable([admin, subnet(0, 1)], [pedagogy, subnet(0, 2)], `vg${tag}0`)
    await cable([null, subnet(1, 1)], [admin, subnet(1, 2)], `vg${tag}1`)
    await cable([null, subnet(2, 1)], [pedagogy, subnet(2, 2)], `vg${tag}2`)
    const listen = (port: number) =>
      `require('node:net').createServer(s=>s.on('error',()=>{})).listen(${port},'0.0.0.0')`
    const console = start(admin, process.execPath, '-e', listen(8_445))
    for (const zone of [admin, pedagogy]) {
      start(zone, process.execPath, '-e', listen(7_000))
      start(zone, 'prometheus-blackbox-exporter', `--config.file=${config}`, '--web.listen-address=:9115')
    }
    const exporters = [`http://${subnet(1, 2)}:9115`, `http://${subnet(2, 2)}:9115`] as const
    for (const exporter of exporters) await waitFor(exporter, '127.0.0.1:7000')
    await waitFor(exporters[0], `${subnet(0, 1)}:8445`)
    return {
      administrative: { name: 'administrative', exporter: exporters[0] },
      pedagogique: { name: 'pedagogique', exporter: exporters[1] },
      console: `${subnet(0, 1)}:8445`,
      witness: '127.0.0.1:7000',
      setClosed: async (closed) => {
        await ip('-n', admin, 'route', closed ? 'add' : 'del', 'blackhole', `${subnet(0, 2)}/32`)
      },
      stopConsole: () => stop(console),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

async function cable(
  [left, leftAddress]: readonly [string | null, string],
  [right, rightAddress]: readonly [string, string],
  name: string,
): Promise<void> {
  await ip('link', 'add', `${name}l`, 'type', 'veth', 'peer', 'name', `${name}r`)
  for (const [zone, end, address] of [
    [left, `${name}l`, leftAddress],
    [right, `${name}r`, rightAddress],
  ] as const) {
    if (zone) await ip('link', 'set', end, 'netns', zone)
    const inside = zone ? ['-n', zone] : []
    await ip(...inside, 'addr', 'add', `${address}/24`, 'dev', end)
    await ip(...inside, 'link', 'set', end, 'up')
  }
}

async function waitFor(exporter: string, target: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const text = await fetch(`${exporter}/probe?module=tcp&target=${target}`)
      .then((response) => response.text())
      .catch(() => '')
    if (text.includes('probe_success 1')) return
    await pause(100)
  }
  throw new Error(`The exporter ${exporter} never reached ${target}.`)
}
