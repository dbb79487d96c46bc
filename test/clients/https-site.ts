import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'

export interface HttpsSite {
  readonly url: string
  /** Certificate that a client must trust. */
  readonly certificate: string
  close(): Promise<void>
}

const welcome: RequestListener = (_request, response) => {
  response.end('Bienvenue')
}

/** A site of this machine with a certificate of three months. In: a directory of the suite's own, what it answers. */
export async function anHttpsSite(directory: string, answer: RequestListener = welcome): Promise<HttpsSite> {
  const [key, certificate] = [join(directory, 'site.key'), join(directory, 'site.pem')]
  await promisify(execFile)('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
    ...['-keyout', key, '-out', certificate, '-days', '90', '-subj', '/CN=site.exemple.fr'],
    ...['-addext', 'subjectAltName=IP:127.0.0.1'],
  ])
  const server = createServer({ key: await readFile(key), cert: await readFile(certificate) }, answer)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    certificate,
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}
