import { describe, expect, it } from 'vitest'
import { isSupported, supportEnd } from './os-support.ts'

const end = (osName: string, osKernel: string | null = null, osVersion: string | null = null) =>
  supportEnd({ osName, osVersion, osKernel })

describe('the end of support of a system', () => {
  it.each([
    ['Microsoft Windows 10 Professionnel', '10.0.19045', '2025-10-14'],
    ['Microsoft Windows 10 Entreprise LTSC', '10.0.19044', '2027-01-12'],
    ['Microsoft Windows 11 Professionnel', '10.0.22631', '2025-11-11'],
    ['Microsoft Windows 11 Éducation', '10.0.22631', '2026-11-10'],
    ['Microsoft Windows 8.1 Professionnel', '6.3.9600', '2023-01-10'],
    ['Microsoft Windows 7 Professionnel', null, '2020-01-14'],
    ['Microsoft Windows Server 2016 Standard', '10.0.14393', '2027-01-12'],
    ['Debian GNU/Linux 12 (bookworm)', '6.1.0-demo-amd64', '2028-06-30'],
    ['Ubuntu 22.04.5 LTS', '5.15.0', '2027-04-30'],
    ['macOS 15.1', '24.1.0', '2027-09-30'],
  ])('%s (%s) is %s', (name, kernel, expected) => {
    expect(end(name, kernel)).toBe(expected)
  })

  it('is unknown for a system out of the table, never a guess', () => {
    expect(end('Haiku R1')).toBeNull()
    expect(end('Microsoft Windows 12', '10.0.99999')).toBeNull()
    expect(supportEnd({ osName: null, osVersion: null, osKernel: null })).toBeNull()
  })

  it('counts the last day in', () => {
    const debian = { osName: 'Debian GNU/Linux 11', osVersion: '11.5', osKernel: null }
    expect(isSupported(debian, new Date('2026-08-31T22:00:00Z'))).toBe(true)
    expect(isSupported(debian, new Date('2026-09-01T00:00:00Z'))).toBe(false)
  })
})
