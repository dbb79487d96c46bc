import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { domainSample } from './domain-sample.ts'
import { lineCutter } from './list-lines.ts'
import { drawSample, type RestrictionLists } from './list-sample.ts'
import { listedDomain } from './listed-domain.ts'
import { nameFilter } from './name-filter.ts'
import { readList } from './restriction-list.ts'
import { readTar } from './tar-entries.ts'

const NEVER = new AbortController().signal
const LIST_DATE = new Date('2026-11-20T04:00:00Z')
const FORMER_DATE = new Date('2026-11-06T04:00:00Z')
let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vigie-list-'))
})
afterEach(() => rm(directory, { recursive: true, force: true }))

async function aList(name: string, domains: readonly string[], date: Date, usage = 'black'): Promise<string> {
  const folder = join(directory, name, 'blacklists', 'jeux')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'domains'), domains.join('\n'))
  await writeFile(join(folder, 'usage'), `${usage}\n`)
  await utimes(join(folder, 'domains'), date, date)
  return join(directory, name)
}

const listsOf = (path: string, more: Partial<RestrictionLists> = {}): RestrictionLists => ({
  name: 'essai',
  path,
  categories: ['jeux'],
  perCategory: 5,
  seed: 'essai',
  readByFilter: false,
  ...more,
})

const DOMAINS = Array.from({ length: 300 }, (_, at) => `site${at}.exemple.invalid`)

describe('a line of a list', () => {
  it('is a domain, without an address, a path nor a wildcard', () => {
    expect(listedDomain(' Jeux.Exemple.FR\r')).toBe('jeux.exemple.fr')
    for (const line of [
      '192.0.2.1',
      'exemple.fr/chemin',
      '*.exemple.fr',
      '# note',
      'localhost',
      '',
      '-a.fr',
      'a..fr',
    ]) {
      expect(listedDomain(line)).toBeNull()
    }
  })

  it('gives nothing but names of the DNS, whatever the line', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (line) => {
        const domain = listedDomain(line)
        expect(domain === null || /^[a-z0-9_.-]{1,253}$/.test(domain)).toBe(true)
      }),
    )
  })

  it('is cut at the same places however the bytes come', () => {
    const lines = fc.array(fc.stringMatching(/^[a-z0-9.]{0,40}$/), { maxLength: 30 })
    fc.assert(
      fc.property(lines, fc.integer({ min: 1, max: 17 }), (names, size) => {
        const taken: string[] = []
        const cutter = lineCutter((line) => taken.push(line))
        const bytes = Buffer.from(names.map((name) => `${name}\n`).join(''))
        for (let at = 0; at < bytes.length; at += size) cutter.feed(bytes.subarray(at, at + size))
        cutter.end()
        expect(taken).toEqual(names)
      }),
    )
  })

  it('is dropped when it never ends, and the next one is read', () => {
    const taken: string[] = []
    const cutter = lineCutter((line) => taken.push(line))
    for (let turn = 0; turn < 100; turn += 1) cutter.feed(Buffer.alloc(1_000, 'a'))
    cutter.feed(Buffer.from('\nsuite.exemple.fr\n'))
    cutter.end()
    expect(taken).toEqual(['suite.exemple.fr'])
  })
})

describe('a sample', () => {
  it('is the same for a seed whatever the order, bounded, and taken from the list', () => {
    const domains = fc.uniqueArray(fc.domain(), { maxLength: 60 })
    fc.assert(
      fc.property(domains, fc.nat({ max: 10 }), fc.string(), (names, size, seed) => {
        const [one, other] = [domainSample(size, seed), domainSample(size, seed)]
        for (const name of names) one.offer(name)
        for (const name of names.toReversed()) other.offer(name)
        expect(one.names()).toEqual(other.names())
        expect(one.names()).toHaveLength(Math.min(size, names.length))
        expect(names).toEqual(expect.arrayContaining([...one.names()]))
      }),
    )
  })

  it('changes with its seed', () => {
    const [one, other] = [domainSample(5, 'lundi'), domainSample(5, 'mardi')]
    for (const name of DOMAINS) {
      one.offer(name)
      other.offer(name)
    }
    expect(one.names()).not.toEqual(other.names())
  })
})

describe('a filter of names', () => {
  it('never forgets a name that it was given', () => {
    const filter = nameFilter()
    fc.assert(
      fc.property(fc.array(fc.domain()), (names) => {
        for (const name of names) filter.add(name)
        expect(names.every((name) => filter.mayHold(name))).toBe(true)
      }),
      { numRuns: 20 },
    )
  })

  it('takes few unknown names for known', () => {
    const filter = nameFilter()
    for (let at = 0; at < 100_000; at += 1) filter.add(`connu${at}.exemple.fr`)
    const wrong = DOMAINS.filter((name) => filter.mayHold(name)).length
    expect(wrong).toBeLessThan(5)
  })
})

describe('a copy of the lists', () => {
  it('is read from its folder and from its archive alike', async () => {
    const path = await aList('copie', DOMAINS, LIST_DATE)
    const archive = join(directory, 'blacklists.tar.gz')
    await promisify(execFile)('tar', ['-C', path, '-czf', archive, 'blacklists'])
    for (const source of [path, archive, join(path, 'blacklists')]) {
      const taken: string[] = []
      const reading = await readList(source, ['jeux'], (_category, domain) => taken.push(domain), NEVER)
      expect(taken).toEqual(DOMAINS)
      expect(reading).toEqual({ changedAt: LIST_DATE, allowing: [] })
    }
  })

  it('names the categories that it lacks', async () => {
    const path = await aList('copie', DOMAINS, LIST_DATE)
    await expect(readList(path, ['jeux', 'absente'], () => {}, NEVER)).rejects.toThrow('catégorie absente')
    await expect(readList(join(directory, 'rien'), ['jeux'], () => {}, NEVER)).rejects.toThrow('chemin')
  })

  it('is refused for categories that must stay open', async () => {
    const path = await aList('copie', DOMAINS, LIST_DATE, 'white')
    await expect(drawSample(listsOf(path), NEVER)).rejects.toThrow('doivent rester ouverts')
  })

  it('gives what was added since an older copy', async () => {
    const formerPath = await aList('avant', DOMAINS, FORMER_DATE)
    const path = await aList('copie', [...DOMAINS, 'nouveau.exemple.invalid'], LIST_DATE)
    const { sites, changedAt, additions } = await drawSample(listsOf(path, { formerPath }), NEVER)
    expect(sites).toHaveLength(5)
    expect(changedAt).toEqual(LIST_DATE)
    expect(additions).toEqual({
      sites: [{ category: 'jeux', domain: 'nouveau.exemple.invalid' }],
      since: FORMER_DATE,
    })
  })

  it('is refused when the archive is cut, damaged, or something else', async () => {
    const path = await aList('copie', DOMAINS, LIST_DATE)
    const file = join(directory, 'faux.tar.gz')
    await writeFile(file, 'rien d’une archive')
    await expect(readList(file, ['jeux'], () => {}, NEVER)).rejects.toThrow('.tar.gz lisible')
    const { stdout } = await promisify(execFile)('tar', ['-C', path, '-cf', '-', 'blacklists'], {
      encoding: 'buffer',
    })
    const sink = { open: () => null }
    await expect(readTar(bytesOf(stdout.subarray(0, 1_100), 100), sink)).rejects.toThrow('abîmée')
    const broken = Buffer.from(stdout)
    broken[10] = (broken[10] ?? 0) ^ 0xff
    await expect(readTar(bytesOf(broken, 512), sink)).rejects.toThrow('abîmée')
  })

  it('is read whole however the archive comes', async () => {
    const path = await aList('copie', DOMAINS.slice(0, 40), LIST_DATE)
    const { stdout } = await promisify(execFile)('tar', ['-C', path, '-cf', '-', 'blacklists'], {
      encoding: 'buffer',
    })
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 2_000 }), async (size) => {
        const taken: string[] = []
        await readTar(bytesOf(stdout, size), {
          open: ({ path: name }) =>
            name.endsWith('/domains') ? lineCutter((line) => taken.push(line)) : null,
        })
        expect(taken).toEqual(DOMAINS.slice(0, 40))
      }),
      { numRuns: 25 },
    )
  })
})

async function* bytesOf(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
