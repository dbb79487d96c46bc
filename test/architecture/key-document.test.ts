import {
  KEY_LIFE,
  KEY_STATE_LABELS,
  KEY_TRANSITION_WORDING,
  KEY_TRANSITIONS,
  PRECONDITION_LABELS,
} from '@vigie/rules'
import { describe, expect, it } from 'vitest'
import { read } from './project.ts'

const WHO = {
  manager: 'gestionnaire',
  superior: 'supérieur',
  assistance: 'assistance',
  holder: 'porteur',
  system: 'Vigie',
} as const

const rows = read('docs/exploitation/cles.md')
  .split('\n')
  .filter((line) => /^\| [^|]+ \| `[a-z_]+` +\|/.test(line) && line.split('|').length === 8)
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )

describe('the operator’s page on keys', () => {
  it('says of each transition what the life of a key says', () => {
    const expected = KEY_TRANSITIONS.map((name) => {
      const { from, to, by, needs } = KEY_LIFE[name]
      return [
        KEY_TRANSITION_WORDING[name].label,
        `\`${name}\``,
        from.map((state) => KEY_STATE_LABELS[state].toLowerCase()).join(' ; '),
        KEY_STATE_LABELS[to].toLowerCase(),
        by.map((actor) => WHO[actor]).join(', '),
        needs.map((need) => PRECONDITION_LABELS[need]).join(' ; ') || '–',
      ]
    })
    expect(rows).toEqual(expected)
  })
})
