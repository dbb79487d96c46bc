import { PROBE_NAME } from './ask-transport.ts'
import type { LdapConfig } from './config.ts'
import { ACCOUNTS } from './flavour.ts'

/** One line of what a run would ask: where, what, to which end. Nothing secret: the account is named, its password never. */
export interface PlannedRequest {
  readonly where: string
  readonly request: string
  readonly purpose: string
}

/** In: a directory. Out: every kind of request that a run would send, in French. */
export function plannedRequests(config: LdapConfig): readonly PlannedRequest[] {
  const secure = `${config.url.protocol === 'ldap:' ? 'StartTLS sur ' : ''}${config.url.origin === 'null' ? `${config.url.protocol}//${config.url.host}` : config.url.origin}`
  const clear = `${config.cleartextUrl.protocol}//${config.cleartextUrl.host}`
  const [first] = config.bases
  return [
    { where: secure, request: 'lecture du certificat', purpose: 'validité, nom, autorité' },
    {
      where: clear,
      request: `connexion d’un compte inexistant (${PROBE_NAME},${first.dn})`,
      purpose: 'refus des mots de passe en clair ; aucun secret n’est envoyé',
    },
    {
      where: `${clear} et ${secure}`,
      request: `recherche anonyme d’une entrée sous ${first.dn}, sans attribut`,
      purpose: 'lecture sans s’identifier',
    },
    {
      where: config.account ? secure : `${secure} sinon ${clear}`,
      request: config.account
        ? `connexion de ${config.account.dn}, seulement si le certificat est bon`
        : 'aucune connexion de compte : lecture anonyme',
      purpose: 'lecture de l’annuaire',
    },
    {
      where: secure,
      request: 'rootDSE, schéma, auditContext, cn=Monitor, politiques de mots de passe',
      purpose: 'journal d’audit, règles des mots de passe',
    },
    ...config.bases.flatMap((base) => branchRequests(config, base.dn, base.filter)),
  ]
}

function branchRequests(
  config: LdapConfig,
  dn: string,
  filter: string | undefined,
): readonly PlannedRequest[] {
  const where = filter === undefined ? dn : `${dn} ${filter}`
  const line = (request: string, purpose: string): PlannedRequest => ({ where, request, purpose })
  const domains = [...new Set([...config.mail.students.domains, ...config.mail.staff.domains])]
  return [
    line(config.accounts ?? ACCOUNTS.openldap.filter, 'nombre de comptes (sans attribut)'),
    line(
      `présence de ${config.privateAttributes.join(', ')}`,
      'attributs de vie privée : comptés, jamais lus',
    ),
    ...(config.neededAttributes
      ? [
          line(
            'présence de tout attribut du schéma hors du besoin décrit',
            'attributs importés sans besoin : jamais lus',
          ),
        ]
      : []),
    line(`${config.sharedLogins.length} motifs d’identifiant`, 'comptes partagés ou génériques : comptés'),
    line('forme de userPassword, par filtre', 'mots de passe en clair : comptés, jamais lus'),
    line('pwdChangedTime, pwdReset, createTimestamp', 'mots de passe jamais changés : dates lues'),
    ...(domains.length > 0
      ? [
          line(
            `adresses hors de ${domains.join(', ')}`,
            'adresses et redirections privées : comptées, jamais lues',
          ),
        ]
      : []),
    line('contextCSN, modifyTimestamp', 'âge de la dernière alimentation'),
  ]
}
