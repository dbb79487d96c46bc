import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT, filesIn, read } from './project.ts'

const documents = ['README.md', 'CHANGELOG.md', ...filesIn('docs', '.md')]
const FIRST = ['api', 'collectors', 'db', 'deploy', 'docs', 'load', 'rules', 'scripts', 'test', 'web', '.ci']
const PATH = new RegExp(
  `(?<![\\w./:-])(?:${FIRST.map((d) => d.replace('.', '\\.')).join('|')})/[\\w./@[\\]=-]*[\\w\\]]`,
  'g',
)
const LINK = /\]\(([^)#\s]+)(?:#[^)]*)?\)/g

describe('documents', () => {
  for (const document of documents) {
    it(`${document} names only paths that exist`, () => {
      const text = read(document)
      const named = [...text.matchAll(PATH)].map(([path]) => path)
      expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
    })

    it(`${document} links only to files that exist`, () => {
      const folder = join(ROOT, document, '..')
      const links = [...read(document).matchAll(LINK)]
        .map((m) => m[1]!)
        .filter((link) => !/^[a-z]+:/.test(link))
      expect(links.filter((link) => !existsSync(join(folder, link)))).toEqual([])
    })
  }

  it('describe every decision with a status and a reason', () => {
    for (const decision of filesIn('docs/decisions', '.md')) {
      expect(read(decision), decision).toMatch(/^# \d{4} .+\n\n/)
    }
  })
})
