import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { SlapdCertificate } from './slapd-configuration.ts'

const openssl = (...args: readonly string[]) => promisify(execFile)('openssl', [...args])
const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']

export interface Authority {
  /** PEM file that clients trust. */
  readonly file: string
  /** A certificate for that name, from and until so many days from now. */
  certify(name: string, subject: string, from: number, until: number): Promise<SlapdCertificate>
}

const day = (offset: number) =>
  `${new Date(Date.now() + offset * 86_400_000).toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`

/** An authority of the suite's own, made by openssl. In: a directory of its own. */
export async function anAuthority(directory: string): Promise<Authority> {
  const file = join(directory, 'ca.pem')
  const key = join(directory, 'ca.key')
  await openssl(
    'req',
    '-x509',
    ...KEY,
    '-keyout',
    key,
    '-out',
    file,
    '-days',
    '30',
    '-subj',
    '/CN=Autorite d essai',
  )
  const database = join(directory, 'index.txt')
  await writeFile(database, '')
  await writeFile(join(directory, 'serial'), '1000\n')
  const configuration = join(directory, 'ca.cnf')
  await writeFile(
    configuration,
    [
      '[ca]',
      'default_ca=essai',
      '[essai]',
      `database=${database}`,
      `serial=${join(directory, 'serial')}`,
      `new_certs_dir=${directory}`,
      'default_md=sha256',
      'policy=any',
      'unique_subject=no',
      'copy_extensions=copy',
      '[any]',
      'commonName=supplied',
      '',
    ].join('\n'),
  )
  return {
    file,
    certify: async (name, subject, from, until) => {
      const [request, made, own] = ['csr', 'pem', 'key'].map((end) => join(directory, `${name}.${end}`))
      if (!request || !made || !own) throw new Error('unreachable')
      await openssl(
        ...['req', ...KEY, '-keyout', own, '-out', request, '-subj', `/CN=${name}`],
        ...['-addext', `subjectAltName=${subject}`],
      )
      await openssl(
        ...['ca', '-batch', '-notext', '-config', configuration, '-cert', file, '-keyfile', key],
        ...['-in', request, '-out', made, '-startdate', day(from), '-enddate', day(until)],
      )
      return { ca: file, certificate: made, key: own }
    },
  }
}
