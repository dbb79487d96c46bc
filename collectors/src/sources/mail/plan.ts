import type { PlannedRequest } from '../ldap/plan.ts'
import { CLIENT_PROTOCOLS, type MailConfig } from './config.ts'

/** In: a domain. Out: every kind of request that a run would send, in French. */
export function plannedMailRequests(config: MailConfig): readonly PlannedRequest[] {
  const resolver = config.resolver ?? 'résolveur de la machine'
  const name = (request: string, purpose: string): PlannedRequest => ({ where: resolver, request, purpose })
  return [
    name(`TXT ${config.domain}`, 'SPF'),
    ...config.selectors.map((selector) => name(`TXT ${selector}._domainkey.${config.domain}`, 'DKIM')),
    name(`TXT _dmarc.${config.domain}`, 'DMARC, puis celui des domaines parents'),
    name(`MX ${config.domain}`, 'serveurs de courrier'),
    {
      where: `chaque serveur MX, port ${config.mxPort}`,
      request: 'EHLO, STARTTLS, QUIT',
      purpose: 'chiffrement et certificat ; aucun message n’est envoyé',
    },
    ...clientRequests(config, name),
    ...(config.webmail
      ? [
          {
            where: config.webmail.url.host,
            request: `GET ${config.webmail.url.pathname}`,
            purpose: 'le courrier par le web demande de s’authentifier ; aucun compte n’est donné',
          },
        ]
      : []),
  ]
}

function clientRequests(
  { clients, domain }: MailConfig,
  name: (request: string, purpose: string) => PlannedRequest,
): readonly PlannedRequest[] {
  if (clients.length > 0) {
    return clients.map(({ protocol, host, port }) => ({
      where: `${host}:${port}`,
      request: `${protocol} : accueil${CLIENT_PROTOCOLS[protocol].direct ? '' : ', STARTTLS'}, fin`,
      purpose: 'accès par un logiciel de messagerie ; aucun compte n’est donné',
    }))
  }
  return Object.keys(CLIENT_PROTOCOLS).map((protocol) =>
    name(
      `SRV _${protocol}._tcp.${domain}`,
      'accès par un logiciel de messagerie, puis chaque serveur annoncé',
    ),
  )
}
