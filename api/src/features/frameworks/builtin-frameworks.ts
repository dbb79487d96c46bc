import { CATALOGUE_VERSION, FRAMEWORKS, REQUIREMENTS, serviceById } from '@vigie/rules'
import { namedControls, type KnownFramework } from './known-framework.ts'

const BUILTIN = { origin: 'builtin', academie: null, importedAt: null } as const

/** CARINE seen as any other framework: each requirement answers itself. */
const CARINE: KnownFramework = {
  ...BUILTIN,
  id: 'carine',
  uuid: '6f1c2d5e-0b5b-4d1f-8a43-5f0a9d1e2016',
  title: 'CARINE',
  version: CATALOGUE_VERSION,
  controls: REQUIREMENTS.map(({ id, service, function: title, statement }) => ({
    ...{ id, title, statement },
    group: serviceById(service)?.name ?? service,
    requirements: [id],
  })),
}

/** UUIDs under which the frameworks that come with Vigie are exported. */
const UUIDS: Readonly<Record<string, string>> = { hygiene: '0d3e7a52-94c1-4c36-9d7e-6a1b52f05858' }

/** Frameworks that come with Vigie, CARINE first. */
export const BUILTIN_FRAMEWORKS: readonly KnownFramework[] = [
  CARINE,
  ...FRAMEWORKS.map((framework) => ({
    ...BUILTIN,
    id: framework.id,
    uuid: UUIDS[framework.id] ?? CARINE.uuid,
    title: framework.title,
    version: framework.version,
    controls: namedControls(framework),
  })),
]
