import { describe, expect, it } from 'vitest'
import { filesIn, importsOf, read, type Import } from './project.ts'

type Package = 'rules' | 'db' | 'collectors' | 'api' | 'web'

/** Workspace packages that each may import; `web` takes types only. */
const MAY_IMPORT: Record<Package, readonly string[]> = {
  rules: [],
  db: [],
  collectors: ['@vigie/rules'],
  api: ['@vigie/rules', '@vigie/db', '@vigie/collectors'],
  web: ['@vigie/api'],
}
const PACKAGES = Object.keys(MAY_IMPORT) as Package[]

const sourcesOf = (name: Package) =>
  filesIn(`${name}/src`, '.ts', '.svelte').filter((file) => !file.endsWith('.test.ts'))
const importsOfPackage = (name: Package): Import[] => sourcesOf(name).flatMap(importsOf)
const workspaceOf = (specifier: string) => /^@vigie\/[a-z]+/.exec(specifier)?.[0]
const show = (imports: readonly Import[]) => imports.map((i) => `${i.file} -> ${i.specifier}`)

describe('imports between packages', () => {
  for (const name of PACKAGES) {
    it(`${name} imports only the workspaces it may`, () => {
      const wrong = importsOfPackage(name).filter((i) => {
        const workspace = workspaceOf(i.specifier)
        return (
          workspace !== undefined && workspace !== `@vigie/${name}` && !MAY_IMPORT[name].includes(workspace)
        )
      })
      expect(show(wrong)).toEqual([])
    })

    it(`${name} never reaches into another package by a relative path`, () => {
      const wrong = importsOfPackage(name).filter((i) => {
        if (!i.specifier.startsWith('.')) return false
        const depth = i.file.split('/').length - 2
        return (i.specifier.match(/\.\.\//g) ?? []).length > depth
      })
      expect(show(wrong)).toEqual([])
    })

    it(`${name} declares exactly the workspaces it imports`, () => {
      const manifest = JSON.parse(read(`${name}/package.json`)) as Record<string, Record<string, string>>
      const declared = Object.keys({ ...manifest['dependencies'], ...manifest['devDependencies'] })
        .filter((dependency) => dependency.startsWith('@vigie/'))
        .sort()
      const imported = new Set(importsOfPackage(name).map((i) => workspaceOf(i.specifier)))
      imported.delete(undefined)
      imported.delete(`@vigie/${name}`)
      // The server loads the built screens at run time, by a specifier that no source may import.
      imported.delete('@vigie/web')
      expect(declared).toEqual([...imported].sort())
    })
  }

  it('rules imports nothing but its own files', () => {
    expect(show(importsOfPackage('rules').filter((i) => !i.specifier.startsWith('.')))).toEqual([])
  })

  it('web takes nothing but types from the API', () => {
    const values = importsOfPackage('web').filter((i) => workspaceOf(i.specifier) && !i.typeOnly)
    expect(show(values)).toEqual([])
  })

  it('db imports only Drizzle, the drivers and the runtime', () => {
    const allowed = /^(\.|node:|drizzle-orm|pg$|pg-connection-string$|@electric-sql\/pglite)/
    expect(show(importsOfPackage('db').filter((i) => !allowed.test(i.specifier)))).toEqual([])
  })

  it('load imports nothing but k6 and its own files: it knows the service by HTTP alone', () => {
    const wrong = filesIn('load', '.js', '.ts')
      .flatMap(importsOf)
      .filter((i) => !/^(\.\/[a-z-]+\.js$|k6($|\/))/.test(i.specifier))
    expect(show(wrong)).toEqual([])
  })

  it('type-checks along the same references as the imports', () => {
    for (const name of PACKAGES.filter((p) => p !== 'web')) {
      const config = JSON.parse(read(`${name}/tsconfig.json`)) as { references: { path: string }[] }
      const referenced = config.references.map((r) => r.path.replace('../', '@vigie/')).sort()
      expect(referenced, name).toEqual([...MAY_IMPORT[name]].sort())
    }
  })
})

describe('layers inside the API', () => {
  const importsOfFiles = (pattern: RegExp) =>
    sourcesOf('api')
      .filter((f) => pattern.test(f))
      .flatMap(importsOf)

  it('routes never touch the database', () => {
    const wrong = importsOfFiles(/\/([a-z-]+-)?routes\.ts$/).filter((i) =>
      /^(@vigie\/db|drizzle-orm)/.test(i.specifier),
    )
    expect(show(wrong)).toEqual([])
  })

  it('verbs know nothing of HTTP', () => {
    const wrong = importsOfFiles(/\/features\/.*\/(?!schema)[a-z-]+\.ts$/)
      .filter((i) => !/\/([a-z-]+-)?routes\.ts$/.test(i.file))
      .filter((i) => !/-protocol\.ts$/.test(i.file))
      .filter((i) => /(^hono|\/http\/)/.test(i.specifier))
    expect(show(wrong)).toEqual([])
  })

  it('nothing but the composition root imports main.ts or cli.ts', () => {
    const wrong = importsOfFiles(/./).filter(
      (i) => /\/(main|cli)\.ts$/.test(i.specifier) && i.file !== 'api/src/cli.ts',
    )
    expect(show(wrong)).toEqual([])
  })
})
