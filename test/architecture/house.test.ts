import { describe, expect, it } from 'vitest'
import { filesIn, importsOf, read } from './project.ts'

const sources = ['api/src', 'collectors/src', 'db/src', 'rules/src', 'web/src'].flatMap((folder) =>
  filesIn(folder, '.ts', '.svelte'),
)
const production = sources.filter((file) => !file.endsWith('.test.ts'))

describe('house style', () => {
  it('names files in kebab-case and components in PascalCase', () => {
    const wrong = sources.filter((file) => {
      const name = file.split('/').at(-1)!
      if (/^\+/.test(name)) return false
      return name.endsWith('.svelte')
        ? !/^[A-Z][A-Za-z0-9]*\.svelte$/.test(name)
        : !/^[a-z0-9]+([.-][a-z0-9]+)*\.ts$/.test(name)
    })
    expect(wrong).toEqual([])
  })

  it('has no folder that names no concept', () => {
    expect(sources.filter((file) => /\/(utils?|helpers?|common|managers?|misc)(\/|\.)/.test(file))).toEqual(
      [],
    )
  })

  it('keeps files small enough to read in one sitting', () => {
    const data = /^rules\/src\/(catalogue|territory)\//
    const long = production.filter((file) => !data.test(file) && read(file).split('\n').length > 300)
    expect(long).toEqual([])
  })

  it('exports by name, except where the framework asks for a default', () => {
    const wrong = production.filter((file) => file.endsWith('.ts') && /^export default /m.test(read(file)))
    expect(wrong).toEqual([])
  })

  it('reads the environment, the time and chance only at the entry points', () => {
    const entry = new Set([
      'api/src/main.ts',
      'api/src/cli.ts',
      'web/src/hooks.server.ts',
      'web/src/lib/visit/tablet-clock.ts',
    ])
    const ambient = /\bprocess\.env\b|\bDate\.now\(|\bMath\.random\(|\bnew Date\(\)/
    expect(production.filter((file) => !entry.has(file) && ambient.test(read(file)))).toEqual([])
  })

  it('keeps the single fetch of the screens in one file, but for visits that work without a network', () => {
    const allowed = new Set([
      'web/src/lib/server/api.ts',
      'web/src/lib/visit/send-waiting.ts',
      'web/src/service-worker.ts',
    ])
    const wrong = production.filter(
      (file) => file.startsWith('web/') && !allowed.has(file) && /\bfetch\(/.test(read(file)),
    )
    expect(wrong).toEqual([])
  })

  it('lists the command’s own files in cli.ts', () => {
    const imported = new Set(importsOf('api/src/cli.ts').map((i) => i.specifier.replace('./', 'api/src/')))
    const commands = filesIn('api/src/commands', '.ts').filter((f) =>
      /^\s*export (const|function) \w+Command\b/m.test(read(f)),
    )
    expect(commands.filter((file) => !imported.has(file))).toEqual([])
  })
})
