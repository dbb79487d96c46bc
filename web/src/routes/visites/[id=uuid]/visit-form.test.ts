import { describe, expect, it } from 'vitest'
import { readAnswers } from './visit-form.ts'

const NOW = '2026-11-16T09:00:00.000Z'
function aForm(fields: Readonly<Record<string, string>>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  return form
}

describe('readAnswers', () => {
  it('takes what was changed alone, with the identifier that the page was drawn with', () => {
    const form = aForm({
      'v.MCO-SVG-1': 'compliant',
      'c.MCO-SVG-1': ' Rapport du jour ',
      'id.MCO-SVG-1': 'one',
      'base.MCO-SVG-1': 'known',
      'was.MCO-SVG-1': 'compliant',
      'v.MCO-SVG-2': 'partial',
      'c.MCO-SVG-2': 'vu',
      'was.MCO-SVG-2': 'partial vu',
      'c.MCO-SVG-3': 'sans verdict',
    })
    expect(readAnswers(form, NOW)).toEqual([
      {
        id: 'one',
        requirement: 'MCO-SVG-1',
        verdict: 'compliant',
        comment: 'Rapport du jour',
        answeredAt: NOW,
        basedOn: 'known',
      },
    ])
  })

  it('ignores what is no answer', () => {
    expect(
      readAnswers(aForm({ 'v.MCO-SVG-1': 'merveilleux', v: 'compliant', 'v.<script>': 'partial' }), NOW),
    ).toEqual([])
  })
})
