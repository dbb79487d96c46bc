/** IEEE8021-PAE-MIB, dot1xAuthAuthControlledPortControl. */
export const FORCE_AUTHORIZED = 3

export interface PortFigures {
  readonly ports: number
  readonly controlled: number
}

/**
 * In: dot1xPaeSystemAuthControl of a switch (1 enabled), the control of each port by its index, and the ports of uplinks. Out:
 * ports of workstations, and those that let in only what authenticates: none where 802.1X is off.
 */
export function countPorts(
  systemControl: number | null,
  ports: ReadonlyMap<string, number>,
  uplinks: ReadonlySet<string>,
): PortFigures {
  const ofWorkstations = [...ports].filter(([index]) => !uplinks.has(index))
  return {
    ports: ofWorkstations.length,
    controlled:
      systemControl === 1 ? ofWorkstations.filter(([, control]) => control !== FORCE_AUTHORIZED).length : 0,
  }
}
