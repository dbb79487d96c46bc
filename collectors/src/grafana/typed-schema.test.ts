import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { dashboardFiles } from './dashboard-json.ts'

const FILES = dashboardFiles({ publicUrl: 'https://vigie.exemple.fr' })

const OPTIONS: ts.CompilerOptions = {
  noEmit: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: true,
  allowImportingTsExtensions: true,
  target: ts.ScriptTarget.ES2024,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: [],
}

/** Faults that TypeScript finds when this JSON is said to be a dashboard of the SDK. */
function faultsOf(contents: Readonly<Record<string, string>>): string[] {
  const sources = new Map(
    Object.entries(contents).map(([name, json]) => [
      join(import.meta.dirname, `${name}.checked.ts`),
      `import type { DashboardJson } from './dashboard-type.ts'\nexport const dashboard: DashboardJson = ${json}`,
    ]),
  )
  const host = ts.createCompilerHost(OPTIONS)
  const { fileExists, readFile } = host
  host.fileExists = (path) => sources.has(path) || fileExists(path)
  host.readFile = (path) => sources.get(path) ?? readFile(path)
  const { getSourceFile } = host
  host.getSourceFile = (path, version) => {
    const source = sources.get(path)
    return source === undefined ? getSourceFile(path, version) : ts.createSourceFile(path, source, version)
  }
  const program = ts.createProgram([...sources.keys()], OPTIONS, host)
  return ts
    .getPreEmitDiagnostics(program)
    .map(
      ({ file, messageText }) =>
        `${file?.fileName.split('/').at(-1)}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    )
}

describe('the dashboards’ JSON', () => {
  it('is of the schema that Grafana’s SDK types', { timeout: 120_000 }, () => {
    expect(faultsOf(Object.fromEntries(FILES.map(({ name, content }) => [name, content])))).toEqual([])
  })

  it(
    'would not be with a field that Grafana does not know, a missing unit, or a word outside an enum',
    { timeout: 120_000 },
    () => {
      const content = FILES[0]?.content ?? ''
      const broken = {
        unknown: content.replace('"schemaVersion"', '"hideControls": true, "schemaVersion"'),
        unit: content.replace('"unit": "percentunit",', ''),
        word: content.replace('"graphMode": "none"', '"graphMode": "singlestat"'),
      }
      for (const [name, json] of Object.entries(broken)) expect(json, name).not.toBe(content)
      const faults = faultsOf(broken)
      for (const name of Object.keys(broken)) {
        expect(
          faults.filter((fault) => fault.startsWith(name)),
          name,
        ).not.toEqual([])
      }
    },
  )

  it('says the version of the schema that the SDK says', () => {
    const sdk = readFileSync(
      join(
        import.meta.dirname,
        '../../../node_modules/@grafana/grafana-foundation-sdk/dist/dashboard/types.gen.js',
      ),
      'utf8',
    )
    const version = Number(/schemaVersion: (\d+)/.exec(sdk)?.[1])
    expect(version).toBeGreaterThanOrEqual(42)
    for (const { content } of FILES) expect(JSON.parse(content)).toMatchObject({ schemaVersion: version })
  })
})
