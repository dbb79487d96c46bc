import type { PageData } from './$types.ts'

export type Overview = PageData['overview']
export type Mosaic = NonNullable<PageData['mosaic']>
export type Departement = PageData['departements'][number]
