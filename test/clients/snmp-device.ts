import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort, stop } from './squid.ts'

/** An object that the device gives: OID, snmpd's type, value. */
export type SnmpObject = readonly [oid: string, type: 'integer' | 'octet_str', value: string | number]

export const SNMP_ACCOUNT = {
  user: 'vigie',
  authKey: 'cle-authentification',
  privKey: 'cle-confidentialite',
  community: 'lecture-essai',
} as const

export interface SnmpDevice {
  readonly port: number
  close(): Promise<void>
}

/** Net-SNMP's snmpd as a device of a school: an SNMPv3 authPriv account and a v2c community, both for reading. */
export async function anSnmpDevice(objects: readonly SnmpObject[]): Promise<SnmpDevice> {
  const directory = await mkdtemp(join(tmpdir(), 'vigie-snmpd-'))
  const port = await freePort()
  const { user, authKey, privKey, community } = SNMP_ACCOUNT
  const quoted = (value: string | number) =>
    typeof value === 'number' || value.startsWith('0x') ? String(value) : `"${value}"`
  await writeFile(
    join(directory, 'snmpd.conf'),
    [
      `agentaddress udp:127.0.0.1:${port}`,
      `createUser ${user} SHA-256 "${authKey}" AES "${privKey}"`,
      `rouser ${user} priv`,
      `rocommunity ${community} 127.0.0.1`,
      ...objects.map(([oid, type, value]) => `override .${oid} ${type} ${quoted(value)}`),
      '',
    ].join('\n'),
  )
  const child = spawn(
    'snmpd',
    [
      '-f',
      '-Lf',
      join(directory, 'log'),
      '-C',
      '-c',
      join(directory, 'snmpd.conf'),
      '-p',
      join(directory, 'pid'),
    ],
    { cwd: directory, stdio: 'ignore', env: { ...process.env, SNMP_PERSISTENT_DIR: directory, MIBS: '' } },
  )
  const close = async () => {
    await stop(child)
    await rm(directory, { recursive: true, force: true })
  }
  for (let tries = 0; tries < 100; tries += 1) {
    // The last line that it writes before it serves.
    const log = await readFile(join(directory, 'log'), 'utf8').catch(() => '')
    if (log.includes('NET-SNMP version')) return { port, close }
    await pause(100)
  }
  await close()
  throw new Error('snmpd never started.')
}
