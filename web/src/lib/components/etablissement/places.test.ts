import { describe, expect, it } from 'vitest'
import { tabsOf, trailOf } from './places.ts'

const ROOT = '/etablissements/0990001X'
const OWN = { uai: '0990001X', name: 'Collège des Essais' }

describe('the trail', () => {
  it('ends on the page itself, which is no link', () => {
    expect(trailOf(`${ROOT}/exigences/MCO-SVG-1`, OWN, true)).toEqual([
      { label: 'Académie', href: '/academie' },
      { label: 'Collège des Essais', href: ROOT },
      { label: 'Exigences', href: `${ROOT}/exigences` },
      { label: 'MCO-SVG-1' },
    ])
  })

  it('starts at the establishment for who sees nothing above it', () => {
    expect(trailOf(ROOT, OWN, false)).toEqual([{ label: 'Collège des Essais' }])
  })

  it('names a machine by its name rather than by its identifier', () => {
    expect(trailOf(`${ROOT}/parc/42`, OWN, false, 'PC-CDI-1').at(-1)).toEqual({ label: 'PC-CDI-1' })
  })
})

describe('the tabs', () => {
  const currents = (path: string) =>
    tabsOf(path, OWN.uai, { parc: true, supervision: true }).map(({ current }) => current)

  it('mark the page that is shown, and the section of a page below it', () => {
    expect(currents(ROOT)).toEqual(['page', undefined, undefined, undefined, undefined])
    expect(currents(`${ROOT}/exigences`)).toEqual([undefined, 'page', undefined, undefined, undefined])
    expect(currents(`${ROOT}/parc/42`)).toEqual([undefined, undefined, undefined, 'true', undefined])
    expect(currents(`${ROOT}/supervision`)).toEqual([undefined, undefined, undefined, undefined, 'page'])
  })

  it('offer the journals to who may read what they prove', () => {
    const opened = { parc: false, supervision: false, logs: true }
    expect(tabsOf(`${ROOT}/journaux`, OWN.uai, opened).at(-1)).toEqual({
      href: `${ROOT}/journaux`,
      label: 'Journaux',
      current: 'page',
    })
  })

  it('leave out the parc and the supervision for who may not read them', () => {
    expect(tabsOf(ROOT, OWN.uai, { parc: false, supervision: false })).toHaveLength(3)
  })
})
