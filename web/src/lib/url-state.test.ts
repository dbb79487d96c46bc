import { describe, expect, it } from 'vitest'
import { localPath, oneOf, pagesAround, withParameters } from './url-state.ts'

describe('withParameters', () => {
  const url = new URL('https://vigie.test/academie?q=lyc%C3%A9e&page=3')

  it('changes what it is told to and keeps the rest', () => {
    expect(withParameters(url, { page: null, sort: 'index' })).toBe('/academie?q=lyc%C3%A9e&sort=index')
  })

  it('leaves no question mark when nothing is left', () => {
    expect(withParameters(url, { q: '', page: null })).toBe('/academie')
  })

  it('leaves the address it was given as it was', () => {
    withParameters(url, { q: 'autre' })
    expect(url.searchParams.get('q')).toBe('lycée')
  })
})

describe('pagesAround', () => {
  it('offers every page when there are few', () => {
    expect(pagesAround(2, 4)).toEqual([1, 2, 3, 4])
  })

  it('offers the ends and the neighbours, with a gap between', () => {
    expect(pagesAround(10, 20)).toEqual([1, null, 9, 10, 11, null, 20])
  })

  it('never replaces a single page by a gap', () => {
    expect(pagesAround(4, 20)).toEqual([1, 2, 3, 4, 5, null, 20])
  })
})

describe('oneOf', () => {
  it('takes a known value and falls back on the first', () => {
    expect(oneOf('desc', ['asc', 'desc'])).toBe('desc')
    expect(oneOf('up', ['asc', 'desc'])).toBe('asc')
    expect(oneOf(null, ['asc', 'desc'])).toBe('asc')
  })
})

describe('localPath', () => {
  it('keeps a path of this site', () => {
    expect(localPath('/academie?q=a')).toBe('/academie?q=a')
  })

  it.each(['https://ailleurs.test/', '//ailleurs.test', '/\\ailleurs.test', 'academie', '/a\nb', null, 3])(
    'sends %j to the home page',
    (target) => expect(localPath(target)).toBe('/'),
  )
})
