import type { Role } from '@vigie/db/schema'
import type { Context } from '../../context.ts'

const STAFF: readonly Role[] = ['rssi', 'diaser']

/** True for who may have the académie's own machines watched: its RSSI, its IT division, the command line. */
export const isAcademieStaff = ({ actor }: Context, academie: string): boolean =>
  actor.kind === 'system' ||
  (actor.kind === 'account' &&
    actor.grants.some(
      ({ role, perimeter }) =>
        STAFF.includes(role) && perimeter.kind === 'academie' && perimeter.code === academie,
    ))
