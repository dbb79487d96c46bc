export type { LdapBase, LdapConfig, MailRule } from './config.ts'
export {
  FORWARDING_ATTRIBUTES,
  PRIVATE_ATTRIBUTES,
  SHARED_LOGINS,
  STAFF_FILTER,
  STUDENTS_FILTER,
} from './defaults.ts'
export { isFilter } from './filters.ts'
export { ldap } from './ldap.ts'
export { plannedRequests, type PlannedRequest } from './plan.ts'
