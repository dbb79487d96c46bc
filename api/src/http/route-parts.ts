import type { z } from '@hono/zod-openapi'

/** In: a schema. Out: a JSON body that the route requires. */
export const jsonBody = <S extends z.ZodType>(schema: S) => ({
  required: true,
  content: { 'application/json': { schema } },
})

/** In: what the answer is, in French, and its schema. Out: a JSON answer, as a route declares it. */
export const jsonAnswer = <S extends z.ZodType>(description: string, schema: S) => ({
  description,
  content: { 'application/json': { schema } },
})
