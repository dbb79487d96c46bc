import type { GridPos, Panel, RowPanel } from '@grafana/grafana-foundation-sdk/dashboard'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { assembleDashboard } from './assemble.ts'
import { expressionsOf, panelsOf } from './dashboard-expressions.ts'
import { dashboardFiles } from './dashboard-json.ts'
import { DASHBOARDS } from './dashboards/index.ts'

const DEPLOYED = resolve(import.meta.dirname, '../../../deploy/grafana/dashboards')
const PUBLIC_URL = 'https://vigie.exemple.fr'
const assembled = DASHBOARDS.map((definition) => assembleDashboard(definition, { publicUrl: PUBLIC_URL }))
const everyPanel = assembled.flatMap((dashboard) =>
  panelsOf(dashboard).map((panel) => ({ dashboard: dashboard.uid ?? '', panel })),
)
const named = (dashboard: string, { title }: Panel) => `${dashboard} · ${title}`

/** Cells of the grid that a panel covers. */
const cellsOf = ({ x, y, w, h }: GridPos) =>
  Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)}:${y + Math.floor(cell / w)}`)

/** Everything in a value, however deep. */
function* inside(value: unknown): Generator<[key: string, value: unknown]> {
  if (typeof value !== 'object' || value === null) return
  for (const [key, child] of Object.entries(value)) {
    yield [key, child]
    yield* inside(child)
  }
}

describe('the dashboards', () => {
  it('are those that deploy/grafana/dashboards delivers', () => {
    const files = dashboardFiles({ publicUrl: 'http://127.0.0.1:8600' })
    expect(readdirSync(DEPLOYED).sort()).toEqual(files.map(({ name }) => name).sort())
    for (const { name, content } of files) {
      expect(readFileSync(join(DEPLOYED, name), 'utf8'), name).toBe(content)
    }
  })

  it('are the six that the users need, each with its own uid and title', () => {
    expect(assembled.map(({ uid }) => uid)).toEqual([
      'vigie-authentification',
      'vigie-academie',
      'vigie-etablissement',
      'vigie-parc',
      'vigie-plateforme',
      'vigie-comite',
    ])
    expect(new Set(assembled.map(({ title }) => title)).size).toBe(assembled.length)
    for (const { uid } of assembled) expect(uid?.length).toBeLessThanOrEqual(40)
  })

  it('number their panels and rows without repeating', () => {
    for (const { uid, panels = [] } of assembled) {
      const ids = panels.flatMap((panel) => [
        panel.id,
        ...(panel.type === 'row' ? (panel as RowPanel).panels.map(({ id }) => id) : []),
      ])
      expect(
        ids.every((id) => id !== undefined && id > 0),
        uid,
      ).toBe(true)
      expect(new Set(ids).size, uid).toBe(ids.length)
    }
  })

  it('place every panel inside the grid, over no other', () => {
    for (const { uid, panels = [] } of assembled) {
      const shown = panels.map(({ gridPos }) => gridPos)
      const folded = panels
        .filter((panel): panel is RowPanel => panel.type === 'row')
        .map((row) => row.panels)
      for (const group of [shown, ...folded.map((row) => row.map(({ gridPos }) => gridPos))]) {
        const cells = group.flatMap((place) => {
          expect(place, uid).toBeDefined()
          return place ? cellsOf(place) : []
        })
        expect(
          cells.every((cell) => Number(cell.split(':')[0]) < 24),
          uid,
        ).toBe(true)
        expect(new Set(cells).size, uid).toBe(cells.length)
      }
    }
  })

  it('read no data source but the one of the variable', () => {
    for (const dashboard of assembled) {
      const sources = [...inside(dashboard)].filter(([key]) => key === 'datasource').map(([, value]) => value)
      expect(sources.length).toBeGreaterThan(panelsOf(dashboard).length)
      for (const source of sources) expect(source).toEqual({ type: 'prometheus', uid: '${datasource}' })
      expect(dashboard.templating.list?.[0]).toMatchObject({ name: 'datasource', type: 'datasource' })
    }
  })

  it('use no variable that they do not have', () => {
    const builtIn = /^(__rate_interval|__value\.text|__interval|__range)$/
    for (const dashboard of assembled) {
      const known = new Set(dashboard.templating.list?.map(({ name }) => name))
      const used = [...JSON.stringify(dashboard).matchAll(/\$\{?([a-z_]+(?:\.[a-z]+)?)\}?/g)].map(
        (m) => m[1] ?? '',
      )
      const unknown = used.filter((name) => !known.has(name) && !builtIn.test(name) && name !== '__all')
      expect([...new Set(unknown)], dashboard.uid).toEqual([])
    }
  })

  it('say of each panel its unit, and what to do about it', () => {
    for (const { dashboard, panel } of everyPanel) {
      const { title = '', description = '', fieldConfig, targets = [] } = panel
      expect(title.length, named(dashboard, panel)).toBeGreaterThan(3)
      expect(description.length, named(dashboard, panel)).toBeGreaterThan(60)
      expect(description, named(dashboard, panel)).not.toContain("'")
      expect(fieldConfig?.defaults.unit, named(dashboard, panel)).toBeTruthy()
      expect(fieldConfig?.defaults.thresholds?.steps.length, named(dashboard, panel)).toBeGreaterThan(0)
      expect(targets.length, named(dashboard, panel)).toBeGreaterThan(0)
    }
  })

  it('lead to Vigie, at the public address and nowhere else', () => {
    for (const dashboard of assembled) {
      const urls = [...inside(dashboard)].filter(([key]) => key === 'url').map(([, value]) => String(value))
      expect(urls.length, dashboard.uid).toBeGreaterThan(2)
      expect(
        urls.filter((url) => !/^\$\{vigie\}\/[a-z]/.test(url)),
        dashboard.uid,
      ).toEqual([])
      const address = dashboard.templating.list?.find(({ name }) => name === 'vigie')
      expect(address).toMatchObject({ type: 'constant', query: PUBLIC_URL, skipUrlSync: true })
    }
  })

  it('lead to screens that exist', () => {
    const screens = readdirSync(resolve(import.meta.dirname, '../../../web/src/routes'), { recursive: true })
      .map(String)
      .filter((path) => path.endsWith('+page.svelte'))
      .map((path) => path.replaceAll(/\([^)]*\)\/|\/?\+page\.svelte$/g, ''))
    const patterns = screens.map((path) => new RegExp(`^/${path.replaceAll(/\[[^\]]*\]/g, '[^/]+')}$`))
    const paths = assembled
      .flatMap((dashboard) => [...inside(dashboard)])
      .filter(([key]) => key === 'url')
      .map(([, value]) =>
        String(value)
          .replace('${vigie}', '')
          .replace(/[?#].*$/, ''),
      )
    expect([...new Set(paths)].filter((path) => !patterns.some((pattern) => pattern.test(path)))).toEqual([])
  })

  it('never add up what every process reads in the same database', () => {
    const once =
      /^(carine_|parc_|backup_|collector_|journal_|incidents?_|alert_threshold|otp_keys|otp_max_failures|otp_failing)/
    const wrong = assembled.flatMap(expressionsOf).filter(({ expr, place }) => {
      if (place.startsWith('variable')) return false
      const summed = [...expr.matchAll(/\b(sum|avg|count)\b[^(]*(?:\([^()]*\)\s*)?\(\s*([a-z_]+)/g)]
      return summed.some(([, , metric = '']) => once.test(metric))
    })
    expect(wrong).toEqual([])
  })

  it('write the figures of the comité in letters that the back of a room reads', () => {
    const comite = assembled.find(({ uid }) => uid === 'vigie-comite')
    const sizes = [...inside(comite)].filter(([key]) => key === 'valueSize').map(([, value]) => Number(value))
    expect(sizes.filter((size) => size >= 24).length).toBeGreaterThanOrEqual(6)
  })
})
