import { execFile } from 'node:child_process'
import { chmod, mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { setTimeout as wait } from 'node:timers/promises'
import { createTransport } from 'nodemailer'
import { freePort } from '../support/mail-server.ts'
import type { SlapdCertificate } from './slapd-configuration.ts'

const run = promisify(execFile)

export interface Postfix {
  /** Encrypts on demand, under the right certificate. */
  readonly careful: number
  /** Never encrypts. */
  readonly bare: number
  /** Encrypts under a certificate that expired. */
  readonly expired: number
  /** Encrypts, and asks who sends; absent without `authentication`. */
  readonly submission: number
  /** Encrypts, and asks nobody who they are. */
  readonly unguarded: number
  /** Takes a message of that text in, filtered or not. Out: the message as the box holds it. */
  deliver(filtered: boolean, text?: string): Promise<string>
  stop(): Promise<void>
}

interface Certificates {
  readonly right: SlapdCertificate
  readonly expired: SlapdCertificate
}

const DOMAIN = 'college-essai.exemple.fr'

interface Helpers {
  /** The socket that checks passwords, if any. */
  readonly authentication: string | null
  /** Filters that read what one listener takes in, as `smtpd_milters` names them. */
  readonly milters: readonly string[]
}

/** A real Postfix on ports of its own. In: a directory of its own, certificates, the services that help it. */
export async function aPostfix(
  directory: string,
  { right, expired }: Certificates,
  { authentication, milters }: Helpers,
): Promise<Postfix> {
  const [config, queue, data, boxes] = ['config', 'queue', 'data', 'boxes'].map((name) =>
    join(directory, name),
  )
  if (!config || !queue || !data || !boxes) throw new Error('unreachable')
  for (const own of [config, queue, data, boxes]) await mkdir(own)
  await chmod(directory, 0o755)
  const ports = { careful: 0, bare: 0, expired: 0, submission: 0, unguarded: 0, filtered: 0 }
  for (const name of Object.keys(ports) as (keyof typeof ports)[]) ports[name] = await freePort()
  const log = join(directory, 'postfix.log')
  await writeFile(join(config, 'dynamicmaps.cf'), '')
  await writeFile(
    join(config, 'main.cf'),
    [
      'compatibility_level = 3.6',
      `queue_directory = ${queue}`,
      `data_directory = ${data}`,
      `maillog_file = ${log}`,
      `maillog_file_prefixes = ${directory}`,
      `myhostname = mx1.${DOMAIN}`,
      'mydestination =',
      'inet_interfaces = loopback-only',
      'inet_protocols = ipv4',
      'smtpd_peername_lookup = no',
      'alias_maps =',
      'smtpd_use_tls = yes',
      'smtpd_tls_security_level = may',
      `smtpd_tls_cert_file = ${right.certificate}`,
      `smtpd_tls_key_file = ${right.key}`,
      `virtual_mailbox_domains = ${DOMAIN}`,
      `virtual_mailbox_base = ${boxes}`,
      'virtual_mailbox_maps = static:essai/',
      'virtual_minimum_uid = 1',
      'virtual_uid_maps = static:65534',
      'virtual_gid_maps = static:65534',
      'smtpd_relay_restrictions = permit_auth_destination, reject',
      '',
    ].join('\n'),
  )
  const listener = (port: number, ...options: readonly string[]) =>
    [`127.0.0.1:${port} inet n - n - - smtpd`, ...options.map((option) => `  -o ${option}`)].join('\n')
  /** Those that others hand mail to are public (master(5)). */
  const service = (name: string, command: string, options: { open?: true; most?: string } = {}) =>
    `${name} unix ${options.open ? 'n' : '-'} - n - ${options.most ?? '-'} ${command}`
  await writeFile(
    join(config, 'master.cf'),
    [
      listener(ports.careful),
      listener(ports.bare, 'smtpd_tls_security_level=none'),
      listener(
        ports.expired,
        `smtpd_tls_cert_file=${expired.certificate}`,
        `smtpd_tls_key_file=${expired.key}`,
      ),
      listener(ports.unguarded),
      listener(ports.filtered, `smtpd_milters=${milters.join(',')}`, 'milter_default_action=tempfail'),
      listener(
        ports.submission,
        ...(authentication === null
          ? []
          : [
              'smtpd_sasl_auth_enable=yes',
              'smtpd_sasl_type=dovecot',
              `smtpd_sasl_path=${authentication}`,
              'smtpd_tls_auth_only=yes',
            ]),
      ),
      service('pickup', 'pickup', { open: true, most: '1' }),
      service('cleanup', 'cleanup', { open: true, most: '0' }),
      service('qmgr', 'qmgr', { open: true, most: '1' }),
      service('tlsmgr', 'tlsmgr', { most: '1' }),
      service('rewrite', 'trivial-rewrite'),
      service('bounce', 'bounce', { most: '0' }),
      service('defer', 'bounce', { most: '0' }),
      service('error', 'error'),
      service('proxymap', 'proxymap'),
      // Writes boxes under their owner's name.
      'virtual unix - n n - - virtual',
      service('anvil', 'anvil', { most: '1' }),
      service('scache', 'scache', { most: '1' }),
      'postlog unix-dgram n - n - 1 postlogd',
      '',
    ].join('\n'),
  )
  await run('chown', ['-R', 'postfix', data])
  await run('chown', ['65534:65534', boxes])
  const postfix = (verb: string) =>
    run('postfix', ['-c', config, verb], { env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' } })
  try {
    await postfix('start')
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    throw new Error(`postfix did not start: ${said}\n${await readFile(log, 'utf8').catch(() => '')}`, {
      cause: error,
    })
  }
  return {
    ...ports,
    deliver: async (filtered, text = 'Message d’essai.') => {
      const before = await received(boxes)
      const transport = createTransport({
        host: '127.0.0.1',
        port: filtered ? ports.filtered : ports.careful,
        ignoreTLS: true,
        connectionTimeout: 5_000,
        socketTimeout: 15_000,
      })
      const sending = transport.sendMail({
        from: 'envoyeur@prive.exemple',
        to: `essai@${DOMAIN}`,
        subject: 'Un sujet que personne ne doit garder',
        text,
      })
      await sending.catch(async (error: unknown) => {
        throw new Error(`nothing was taken in\n${await readFile(log, 'utf8')}`, { cause: error })
      })
      for (let attempt = 0; attempt < 100; attempt += 1) {
        const [file] = (await received(boxes)).filter((one) => !before.includes(one))
        if (file !== undefined) return readFile(file, 'utf8')
        await wait(100)
      }
      throw new Error(`nothing was delivered\n${await readFile(log, 'utf8').catch(() => '')}`)
    },
    stop: async () => {
      await postfix('stop')
    },
  }
}

async function received(boxes: string): Promise<readonly string[]> {
  const directory = join(boxes, 'essai', 'new')
  const files = await readdir(directory).catch(() => [])
  return files.map((file) => join(directory, file))
}
