/** Style of the page; its hash is in the page's content security policy. */
export const STYLE = `:root{color-scheme:light dark}
body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1.5rem}
h2{margin-top:2.5rem;border-bottom:1px solid}
details{margin:.5rem 0;padding:.5rem .75rem;border:1px solid #8888;border-radius:.25rem}
summary{cursor:pointer}code,pre{font-family:ui-monospace,monospace;font-size:.9rem}
pre{overflow-x:auto;padding:.75rem;border:1px solid #8884}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0}
.method{display:inline-block;min-width:4.5rem;font-weight:700}`

interface Media {
  readonly schema?: unknown
}
interface Operation {
  readonly summary?: string
  readonly description?: string
  readonly tags?: readonly string[]
  readonly parameters?: readonly {
    readonly name?: string
    readonly in?: string
    readonly required?: boolean
    readonly description?: string
    readonly schema?: unknown
  }[]
  readonly requestBody?: { readonly content?: Readonly<Record<string, Media>> }
  readonly responses?: Readonly<
    Record<string, { readonly description?: string; readonly content?: Readonly<Record<string, Media>> }>
  >
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escape = (text: string) => text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character)
const schemaBlock = (schema: unknown) =>
  schema === undefined ? '' : `<pre>${escape(JSON.stringify(schema, null, 2))}</pre>`
const mediaBlocks = (content: Readonly<Record<string, Media>> | undefined) =>
  Object.entries(content ?? {})
    .map(([type, media]) => `<p><code>${escape(type)}</code></p>${schemaBlock(media.schema)}`)
    .join('')

function parametersTable(operation: Operation): string {
  const parameters = operation.parameters ?? []
  if (parameters.length === 0) return ''
  const rows = parameters.map(
    (p) =>
      `<tr><td><code>${escape(p.name ?? '')}</code></td><td>${escape(p.in ?? '')}</td><td>${p.required ? 'oui' : 'non'}</td>` +
      `<td>${escape(p.description ?? '')} <code>${escape(JSON.stringify(p.schema ?? {}))}</code></td></tr>`,
  )
  return `<h4>Paramètres</h4><table><thead><tr><th>Nom</th><th>Où</th><th>Obligatoire</th><th>Forme</th></tr></thead><tbody>${rows.join('')}</tbody></table>`
}

function operationBlock(method: string, path: string, operation: Operation): string {
  const body = operation.requestBody
    ? `<h4>Contenu envoyé</h4>${mediaBlocks(operation.requestBody.content)}`
    : ''
  const responses = Object.entries(operation.responses ?? {}).map(
    ([status, answer]) =>
      `<details><summary><code>${escape(status)}</code> ${escape(answer.description ?? '')}</summary>${mediaBlocks(answer.content)}</details>`,
  )
  return (
    `<details id="${escape(`${method}${path}`)}"><summary><span class="method">${method.toUpperCase()}</span> ` +
    `<code>${escape(path)}</code> ${escape(operation.summary ?? '')}</summary>` +
    `<p>${escape(operation.description ?? '')}</p>${parametersTable(operation)}${body}<h4>Réponses</h4>${responses.join('')}</details>`
  )
}

/** In: an OpenAPI document. Out: one HTML page without a script, its operations grouped by subject. */
export function renderDocumentation(document: {
  info: { title: string; description?: string }
  paths?: object
  components?: object
}): string {
  const sections = new Map<string, string[]>()
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const method of METHODS) {
      const operation = (item as Readonly<Record<string, Operation | undefined>>)[method]
      if (!operation) continue
      const tag = operation.tags?.[0] ?? 'Autres'
      sections.set(tag, [...(sections.get(tag) ?? []), operationBlock(method, path, operation)])
    }
  }
  const schemas = Object.entries(
    (document.components as { schemas?: Record<string, unknown> } | undefined)?.schemas ?? {},
  ).map(
    ([name, schema]) =>
      `<details><summary><code>${escape(name)}</code></summary>${schemaBlock(schema)}</details>`,
  )
  const body = [...sections].map(
    ([tag, blocks]) => `<section><h2>${escape(tag)}</h2>${blocks.join('')}</section>`,
  )
  return (
    `<!doctype html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
    `<title>API de Vigie</title><style>${STYLE}</style></head><body><main><h1>API de Vigie</h1>` +
    `<p>${escape(document.info.description ?? '')}</p>` +
    `<p>Le document OpenAPI 3.1 est à <a href="/v1/openapi.json">/v1/openapi.json</a>.</p>` +
    `${body.join('')}<section><h2>Objets</h2>${schemas.join('')}</section></main></body></html>`
  )
}
