import { describe, expect, it } from 'vitest'
import { filesIn, read } from './project.ts'

const names = filesIn('docs/exploitation', '.md').map((file) => file.split('/').at(-1)!.replace('.md', ''))
const quoted = (text: string) => [...text.matchAll(/'([a-z0-9-]+)'/g)].map((match) => match[1]!)

describe('the operator’s documents', () => {
  it('are all shown by the site', () => {
    const shown = read('web/src/routes/exploitation/documents.ts').split('new Map')[1] ?? ''
    expect(quoted(shown).toSorted()).toEqual(names.toSorted())
  })

  it('are all offered by its list', () => {
    const offered = [...read('web/src/routes/exploitation/groups.ts').matchAll(/names: \[([^\]]+)\]/g)]
    const listed = offered.flatMap((match) => quoted(match[1]!))
    expect(names.filter((name) => !listed.includes(name))).toEqual([])
  })
})
