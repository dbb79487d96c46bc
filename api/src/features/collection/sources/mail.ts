import {
  CLIENT_PROTOCOLS,
  mail,
  mailHeaders,
  plannedMailRequests,
  runCollector,
  type ClientProtocol,
  type HeaderConfig,
  type MailConfig,
} from '@vigie/collectors'
import { z } from 'zod'
import { defineSection } from '../collection-source.ts'
import { path, longestSecondsOf, runOptionsOf, sourceFields } from '../source-fields.ts'
import { readOptional } from '../source-files.ts'
import { addressField, hostField, uaiField } from './etablissement-fields.ts'

const PROTOCOLS = Object.keys(CLIENT_PROTOCOLS) as [ClientProtocol, ...ClientProtocol[]]
const port = z.number().int().min(1).max(65_535)
const hosts = (name: string) => z.array(hostField(name)).max(50).default([])
const headerName = z
  .string()
  .regex(/^[A-Za-z0-9-]{1,80}$/, 'attendu un nom d’en-tête, par exemple X-Filtre-Academie')
const domain = hostField('domain').refine((host) => host.includes('.'), 'domain : attendu un domaine complet')

const schema = z.strictObject({
  ...sourceFields('43 4 * * *'),
  timeoutSeconds: z.number().min(1).max(300).default(180),
  retries: z.number().int().min(0).max(5).default(0),
  domain,
  uais: z.array(uaiField).min(1, 'uais : au moins un établissement').max(5_000),
  resolver: z
    .string()
    .regex(
      /^([\d.]+|\[[\da-f:]+\])(:\d{1,5})?$/i,
      'resolver : attendu une adresse, par exemple 192.0.2.53:53',
    )
    .optional(),
  selectors: z
    .array(z.string().regex(/^[a-z0-9_][a-z0-9._-]{0,62}$/i, 'selectors : attendu des sélecteurs DKIM'))
    .max(20)
    .default([]),
  mxPort: port.default(25),
  clients: z
    .array(
      z.strictObject({
        protocol: z.enum(PROTOCOLS, { error: `protocol : attendu ${PROTOCOLS.join(', ')}` }),
        host: hostField('host'),
        port: port.optional(),
      }),
    )
    .max(20)
    .default([]),
  webmail: z
    .strictObject({
      url: addressField('webmail', /^https$/),
      allowedHosts: hosts('allowedHosts'),
      loginHosts: hosts('loginHosts'),
      inboxMark: z.string().min(1).max(200).optional(),
    })
    .optional(),
  probe: z
    .strictObject({
      trustedHosts: hosts('trustedHosts'),
      spamHeaders: z.array(headerName).max(20).default([]),
      virusHeaders: z.array(headerName).max(20).default([]),
    })
    .prefault({}),
  caFile: path.optional(),
  pauseMilliseconds: z.number().int().min(0).max(60_000).default(500),
  probeSeconds: z.number().min(0.2).max(60).default(15),
})

type Described = z.output<typeof schema>

function webmailOf({ webmail }: Described): MailConfig['webmail'] {
  if (!webmail) return undefined
  const url = new URL(webmail.url)
  return {
    url,
    allowedHosts: new Set([url.hostname.toLowerCase(), ...webmail.allowedHosts]),
    loginHosts: new Set(webmail.loginHosts),
    strongContexts: new Set(),
    ...(webmail.inboxMark === undefined ? {} : { editorMark: webmail.inboxMark }),
  }
}

async function configOf(source: Described, directory: string): Promise<MailConfig> {
  const ca = await readOptional(directory, source.caFile)
  const webmail = webmailOf(source)
  return {
    domain: source.domain,
    uais: source.uais,
    resolver: source.resolver ?? null,
    selectors: source.selectors,
    mxPort: source.mxPort,
    clients: source.clients.map(({ protocol, host, port: given }) => ({
      protocol,
      host,
      port: given ?? CLIENT_PROTOCOLS[protocol].port,
    })),
    ...(webmail ? { webmail } : {}),
    ...(ca === null ? {} : { ca }),
    pace: { concurrency: 1, pauseMs: source.pauseMilliseconds, probeTimeoutMs: source.probeSeconds * 1_000 },
  }
}

const headersOf = ({ domain: own, uais, probe }: Described): HeaderConfig => ({
  domain: own,
  uais,
  trustedHosts: probe.trustedHosts,
  marks: { spam: probe.spamHeaders, virus: probe.virusHeaders },
})

/** Section `mail`: one domain of mail, and the establishments that write under it. */
export const mailSection = defineSection({
  name: 'mail',
  help: 'interroge un domaine de courrier : SPF, DKIM, DMARC, chiffrement, accès ; lit un message d’essai',
  schema,
  open: async (source, directory) => {
    const config = await configOf(source, directory)
    const options = runOptionsOf(source)
    return {
      section: 'mail',
      label: source.name,
      name: `mail:${source.name}`,
      cron: source.cron,
      longestSeconds: longestSecondsOf(source),
      address: config.domain,
      plan: [
        {
          title: 'Demandes',
          columns: ['Où', 'Demande', 'Pourquoi'],
          rows: plannedMailRequests(config).map(({ where, request, purpose }) => [where, request, purpose]),
        },
      ],
      run: (io, signal) => runCollector(mail, config, io, options, signal),
      submit: (message, io) => runCollector(mailHeaders, { ...headersOf(source), message }, io, options),
    }
  },
})
