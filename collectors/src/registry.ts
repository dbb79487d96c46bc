import { mail } from './sources/mail/index.ts'
import { network } from './sources/network/network.ts'
import { ldap } from './sources/ldap/index.ts'
import { prometheus } from './sources/prometheus.ts'
import { publication } from './sources/publication/publication.ts'

/** Every collector that Vigie runs itself; agents and other systems push instead. */
export const COLLECTORS = [prometheus, ldap, mail, network, publication] as const
