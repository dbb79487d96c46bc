import type { AppType } from '@vigie/api'
import type { hc } from 'hono/client'

/** The API as seen from here: one typed call per route. */
export type Client = ReturnType<typeof hc<AppType>>
