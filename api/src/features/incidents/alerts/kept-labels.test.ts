import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isWebAddress, keptAnnotations, keptLabels, withoutMail } from './kept-labels.ts'

describe('labels that are kept', () => {
  it.each(['alertname', 'severity', 'uai', 'instance', 'job_name', 'departement', 'machine', 'uservice'])(
    'holds %s',
    (name) => expect(keptLabels({ [name]: 'x' })).toEqual({ [name]: 'x' }),
  )

  it.each(['login', 'user', 'user_name', 'userEmail', 'EMAIL', 'source_ip', 'client', 'holder-id', 'nom'])(
    'drops %s',
    (name) => expect(keptLabels({ [name]: 'x' })).toEqual({}),
  )

  it('holds no mail address, wherever it stands', () => {
    fc.assert(
      fc.property(fc.emailAddress(), fc.string(), fc.string(), (mail, before, after) => {
        const text = `${before} <${mail}> ${after}`
        expect(Object.values(keptLabels({ note: text }))).toEqual([])
        expect(withoutMail(text, 10_000)).not.toContain(`<${mail}>`)
      }),
    )
  })

  it('keeps links over HTTP only, and cuts endless texts', () => {
    expect(keptAnnotations({ runbook_url: 'javascript:alert(1)', summary: 'x'.repeat(9_000) })).toEqual({
      summary: 'x'.repeat(4_000),
    })
    expect(isWebAddress('https://vigie.exemple.fr/#a')).toBe(true)
    expect(isWebAddress('/exploitation/alertes#a')).toBe(true)
    for (const text of ['rien', '//ailleurs.fr', '/\\ailleurs.fr', 'data:text/html,x'])
      expect(isWebAddress(text)).toBe(false)
  })
})
