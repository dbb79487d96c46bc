import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ALERTS, ALERT_THRESHOLDS } from './index.ts'

const DOCUMENT = readFileSync(join(import.meta.dirname, '../../../../docs/exploitation/alertes.md'), 'utf8')
const sections = DOCUMENT.split(/^## /m)
  .slice(1)
  .map((text) => ({ name: /^\w+/.exec(text)?.[0] ?? '', text }))
const PARTS = ['Ce que cela veut dire', 'Vérifier', 'Faire', 'Qui prévenir']
const GRAVITY = { critical: 'critique', warning: 'majeur', info: 'mineur' } as const
const THRESHOLDS: Readonly<
  Record<
    string,
    { readonly default: number; readonly unit: string; readonly min: number; readonly max: number }
  >
> = ALERT_THRESHOLDS
const french = (value: number) => String(value).replace('.', ',')

describe('the runbooks', () => {
  it('are one section for each alert, in the order of the rules, and nothing else', () => {
    expect(sections.map(({ name }) => name)).toEqual(ALERTS.map(({ name }) => name))
  })

  it.each(ALERTS)('of $name says what it means, what to check, what to do, whom to tell', ({ name }) => {
    const text = sections.find((section) => section.name === name)?.text ?? ''
    const parts = text.split(/^### /m).slice(1)
    expect(parts.map((part) => part.split('\n')[0])).toEqual(PARTS)
    for (const part of parts) expect(part.split('\n').slice(1).join(' ').trim().length).toBeGreaterThan(10)
  })

  it.each(ALERTS)('of $name gives its severity and its threshold', ({ name, severity }) => {
    const text = sections.find((section) => section.name === name)?.text ?? ''
    expect(text).toContain(`Gravité : ${GRAVITY[severity]}. `)
    const threshold = THRESHOLDS[name]
    if (!threshold) return expect(text).toMatch(/Seuil : (aucun|le minimum)/)
    const { default: value, unit, min, max } = threshold
    expect(text).toContain(
      `Seuil d’origine : ${french(value)} ${unit}, réglable de ${french(min)} à ${french(max)}`,
    )
  })
})
