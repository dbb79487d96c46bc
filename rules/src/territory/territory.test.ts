import { describe, expect, it } from 'vitest'
import { ACADEMIES, academieOf, timeZoneOf } from './academies.ts'
import { DEPARTEMENTS, departementOf, departementsOf } from './departements.ts'
import { REGIONS, regionOf } from './regions.ts'

const fictional = (code: string) => code === '98'

describe('territory', () => {
  it('holds the 30 académies, the four overseas services and the fictional one', () => {
    expect(ACADEMIES).toHaveLength(35)
    expect(ACADEMIES.filter(({ region, code }) => region !== '00' && !fictional(code))).toHaveLength(30)
  })

  it('holds the 96 départements of the mainland and Corse, the overseas ones and four fictional ones', () => {
    const mainland = DEPARTEMENTS.filter(({ code }) => code.startsWith('0'))
    expect(mainland).toHaveLength(96)
    expect(DEPARTEMENTS.filter(({ code }) => /^9[78]/.test(code))).toHaveLength(11)
    expect(departementsOf('98').map(({ name }) => name)).toEqual([
      'Haute-Brume',
      'Val-de-Serre',
      'Côte-des-Pins',
      'Plaine-d’Orge',
    ])
  })

  it('gives each code once, and puts each département in a known académie and région', () => {
    for (const list of [ACADEMIES, DEPARTEMENTS, REGIONS])
      expect(new Set(list.map(({ code }) => code)).size).toBe(list.length)
    for (const { academie, region } of DEPARTEMENTS) {
      expect(academieOf(academie)?.code).toBe(academie)
      expect(regionOf(region)?.code).toBe(region)
    }
    for (const { region, code } of ACADEMIES) {
      expect(regionOf(region)?.code).toBe(region)
      expect(departementsOf(code).length).toBeGreaterThan(0)
    }
  })

  it('accepts codes that a spreadsheet has stripped of their zeros', () => {
    expect(departementOf('34')?.name).toBe('Hérault')
    expect(departementOf('1')?.name).toBe('Ain')
    expect(departementOf(' 2a ')?.name).toBe('Corse-du-Sud')
    expect(academieOf('1')?.name).toBe('Paris')
    expect(departementOf('20')).toBeUndefined()
    expect(academieOf('')).toBeUndefined()
  })

  it('reads the codes of merged académies', () => {
    expect(academieOf('05')?.name).toBe('Normandie')
    expect(academieOf('21')?.name).toBe('Normandie')
  })

  it('shows Paris time unless the académie is overseas', () => {
    expect(timeZoneOf('16')).toBe('Europe/Paris')
    expect(timeZoneOf('28')).toBe('Indian/Reunion')
    for (const { timeZone } of ACADEMIES)
      expect(() => new Intl.DateTimeFormat('fr', { timeZone })).not.toThrow()
  })
})
