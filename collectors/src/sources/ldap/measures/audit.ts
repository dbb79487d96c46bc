import { entryAt, valueOf } from '../directory.ts'
import type { Measured, Scene } from '../measured.ts'

const KEY = 'directory.audit_enabled'
const LOGS = ['accesslog', 'auditlog']

/**
 * Whether the directory keeps a log of its changes (INF-ANN-4): `auditContext` proves accesslog; the monitor shows the
 * overlays of each database, and alone can prove that there is none.
 */
export async function auditLog({ directory, root, overlays }: Scene): Promise<Measured> {
  if (root.kind === 'active_directory') {
    return { key: KEY, skipped: 'l’audit d’Active Directory ne se voit pas par LDAP' }
  }
  if (root.auditContext !== undefined) return { key: KEY, value: true, note: 'accesslog' }
  for (const dn of root.namingContexts) {
    const entry = await entryAt(directory, dn, ['auditContext'])
    if (valueOf(entry, 'auditContext') !== undefined) return { key: KEY, value: true, note: 'accesslog' }
  }
  if (!overlays) {
    return { key: KEY, unknown: 'Ni auditContext ni cn=Monitor ne se montrent au compte de lecture.' }
  }
  const found = LOGS.filter((log) => overlays.includes(log))
  return found.length > 0 ? { key: KEY, value: true, note: found.join(', ') } : { key: KEY, value: false }
}
