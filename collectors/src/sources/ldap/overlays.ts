import { valuesOf, type Directory } from './directory.ts'
import { PASSWORD_POLICY_CONTROL, type RootDse } from './flavour.ts'

/**
 * Overlays of the databases that serve the directory, as OpenLDAP's monitor shows them. Out: null when it shows none of them: a
 * module that is loaded is no overlay that is in force.
 */
export async function readOverlays(directory: Directory, root: RootDse): Promise<readonly string[] | null> {
  if (root.monitorContext === undefined) return null
  const entries = await directory.search(`cn=Databases,${root.monitorContext}`, {
    scope: 'sub',
    filter: '(namingContexts=*)',
    attributes: ['namingContexts', 'monitorOverlay'],
  })
  const served = new Set(root.namingContexts.map((dn) => dn.toLowerCase()))
  const own = entries.filter((entry) =>
    valuesOf(entry, 'namingContexts').some((dn) => served.has(dn.toLowerCase())),
  )
  return own.length > 0 ? own.flatMap((entry) => valuesOf(entry, 'monitorOverlay')) : null
}

/** Whether passwords are ruled by the policy overlay: false when proven, null when only its module is known to be loaded. */
export function rulesPasswords(root: RootDse, overlays: readonly string[] | null): boolean | null {
  if (overlays) return overlays.includes('ppolicy')
  return root.controls.has(PASSWORD_POLICY_CONTROL) ? null : root.controls.size > 0 ? false : null
}
