import type { Framework } from '@vigie/rules'

/** A framework with where it comes from; a group is named by its title. */
export interface KnownFramework {
  readonly id: string
  readonly title: string
  readonly version: string
  readonly origin: 'builtin' | 'imported'
  readonly academie: string | null
  readonly importedAt: Date | null
  readonly uuid: string
  readonly controls: readonly KnownControl[]
}

export interface KnownControl {
  readonly id: string
  readonly group: string
  readonly title: string
  readonly statement: string
  readonly requirements: readonly string[]
}

/** In: a framework's data. Out: its controls, each with its group's title. */
export function namedControls({ groups, controls }: Pick<Framework, 'groups' | 'controls'>): KnownControl[] {
  const titles = new Map(groups.map(({ id, title }) => [id, title]))
  return controls.map((control) => ({ ...control, group: titles.get(control.group) ?? control.group }))
}

/** Figures of a framework, as lists show it. */
export const summaryOf = ({
  id,
  title,
  version,
  origin,
  academie,
  importedAt,
  controls,
}: KnownFramework) => ({
  ...{ id, title, version, origin, academie },
  importedAt: importedAt?.toISOString() ?? null,
  controls: controls.length,
  mapped: controls.filter(({ requirements }) => requirements.length > 0).length,
})
