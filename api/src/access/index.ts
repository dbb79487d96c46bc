export type { Actor, Grant } from './actor.ts'
export { authorise, may } from './authorise.ts'
export {
  PERMISSIONS,
  ROLE_PERMISSIONS,
  STRONG_ROLES,
  TOKEN_PERMISSIONS,
  type Permission,
} from './permissions.ts'
