import { spawn } from 'node:child_process'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'

const REAL = '/sys/class/net'

const freePort = () =>
  new Promise<number>((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => done(port))
    })
  })

export interface FieldMachine {
  /** Where its node_exporter answers. */
  readonly address: string
  close(): Promise<void>
}

/**
 * Debian's node_exporter on this machine, told the speed of its network cards: a container's do not say theirs, a
 * school's server does. In: a directory of the suite's own.
 */
export async function aFieldMachine(directory: string): Promise<FieldMachine> {
  const cards = (await readdir(REAL)).filter((name) => name !== 'lo')
  for (const card of cards) {
    const folder = join(directory, 'sys/class/net', card)
    await mkdir(folder, { recursive: true })
    for (const attribute of ['address', 'operstate', 'mtu', 'ifindex', 'flags']) {
      await writeFile(join(folder, attribute), await readFile(join(REAL, card, attribute), 'utf8'))
    }
    await writeFile(join(folder, 'speed'), '1000\n')
  }
  const address = `127.0.0.1:${await freePort()}`
  const child = spawn(
    'prometheus-node-exporter',
    [`--web.listen-address=${address}`, `--path.sysfs=${join(directory, 'sys')}`],
    { stdio: 'ignore' },
  )
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  return {
    address,
    close: () => {
      child.kill('SIGTERM')
      return ended
    },
  }
}
