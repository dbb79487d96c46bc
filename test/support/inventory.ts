import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const FOLDER = fileURLToPath(new URL('../../collectors/fixtures/inventory/', import.meta.url))

/** A recorded message of an agent, as text. */
export const aRecorded = (name: string): string => readFileSync(`${FOLDER}${name}`, 'utf8')

/** A fictional Windows workstation with its own hardware; `number` tells machines apart. */
export function aWindowsInventory(number: number, change: (xml: string) => string = (xml) => xml): string {
  const tail = String(number).padStart(4, '0')
  return change(
    aRecorded('windows.xml')
      .replaceAll('CDI-04', `POSTE-${tail}`)
      .replace('4C4C4544-0042-4B10-8051-B3C04F313233', `4C4C4544-${tail}-4B10-8051-B3C04F313233`)
      .replace('FAB-990-0042', `FAB-990-${tail}`),
  )
}
