import type { AppType } from '@vigie/api'

/** One route as the OpenAPI document declares it. */
export interface Operation {
  readonly method: string
  /** With its parameters in braces. */
  readonly path: string
  readonly name: string
  readonly statuses: ReadonlySet<number>
  readonly takesJson: boolean
  readonly takesBody: boolean
  readonly parameters: readonly Parameter[]
}

export interface Parameter {
  readonly name: string
  readonly in: string
  readonly schema: { readonly type?: string; readonly enum?: readonly unknown[] }
}

interface DocumentedOperation {
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content?: Readonly<Record<string, unknown>> }
  readonly responses?: Readonly<Record<string, unknown>>
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const

/** Every route of the OpenAPI document. */
export function operationsOf(app: AppType): Operation[] {
  const document = app.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 'Vigie', version: '1' } })
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = (item as Readonly<Record<string, DocumentedOperation | undefined>>)[method]
      return operation ? [describeOperation(method.toUpperCase(), path, operation)] : []
    }),
  )
}

const describeOperation = (method: string, path: string, operation: DocumentedOperation): Operation => ({
  method,
  path,
  name: `${method} ${path}`,
  statuses: new Set(Object.keys(operation.responses ?? {}).map(Number)),
  takesJson: 'application/json' in (operation.requestBody?.content ?? {}),
  takesBody: operation.requestBody !== undefined,
  parameters: operation.parameters ?? [],
})
