import type { RequirementId } from '../requirement.ts'

/** One measure or control of a framework, answered through the CARINE requirements that cover it. */
export interface Control {
  readonly id: string
  readonly group: string
  readonly title: string
  readonly statement: string
  /** Empty when CARINE says nothing of it: then nothing proves it. */
  readonly requirements: readonly RequirementId[]
}

export interface ControlGroup {
  readonly id: string
  readonly title: string
}

/** A framework other than CARINE, as data: nothing in Vigie is written for one in particular. */
export interface Framework {
  /** Short, in lower case, as it stands in addresses. */
  readonly id: string
  readonly title: string
  readonly version: string
  readonly groups: readonly ControlGroup[]
  readonly controls: readonly Control[]
}
