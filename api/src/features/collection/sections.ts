import type { CollectionSection } from './collection-source.ts'
import { mailSection } from './sources/mail.ts'
import { networkSection } from './sources/network.ts'
import { ldapSection } from './sources/ldap.ts'
import { prometheusSection } from './sources/prometheus.ts'
import { publicationSection } from './sources/publication.ts'

/** Every kind of system that Vigie reads itself: a section of the collection file, and a `vigie collect` command. */
export const SECTIONS: readonly CollectionSection[] = [
  prometheusSection,
  ldapSection,
  mailSection,
  networkSection,
  publicationSection,
]
