import { OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { AppError } from '../errors.ts'

/** Variables that the authentication middleware sets on each request. */
export interface Env {
  Variables: { ctx: Context; requestId: string }
}

// Messages of validation that a schema does not word itself.
z.config(z.locales.fr())

/** Router of a feature: a malformed request becomes one `invalid_input` problem that names every fault. */
export const createRouter = () =>
  new OpenAPIHono<Env>({
    defaultHook: (result) => {
      if (result.success) return
      const errors = result.error.issues.map((issue) => ({
        pointer: `/${issue.path.map(String).join('/')}`,
        detail: issue.message,
      }))
      throw new AppError('invalid_input', 'La requête contient une ou plusieurs valeurs incorrectes.', {
        errors,
      })
    },
  })
