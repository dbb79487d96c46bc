export {
  CLIENT_PROTOCOLS,
  type ClientEndpoint,
  type ClientProtocol,
  type HeaderConfig,
  type MailConfig,
} from './config.ts'
export { HEADER_LIMIT } from './header-block.ts'
export { mailHeaders } from './mail-headers.ts'
export { mail } from './mail.ts'
export { plannedMailRequests } from './plan.ts'
