import { expect, it } from 'vitest'
import type { Me, Permission } from '#lib/account.ts'
import { tabsOf } from './administration-tabs.ts'

const reader = (...permissions: Permission[]) => ({ permissions }) as unknown as Me

it('offers each page to who may act on it', () =>
  expect(tabsOf(reader('threshold:write', 'incident:notify'), '/administration/notifications')).toEqual([
    { href: '/administration/seuils', label: 'Seuils d’alerte', current: undefined },
    { href: '/administration/notifications', label: 'Notifications', current: 'page' },
    { href: '/exploitation', label: 'Documents', current: undefined },
  ]))

it('offers the journals to who manages their sources', () =>
  expect(tabsOf(reader('log_source:manage'), '/administration/journaux')[0]).toMatchObject({
    label: 'Journaux',
    current: 'page',
  }))

it('marks the list while one connector is read', () =>
  expect(tabsOf(reader('connector:manage'), '/administration/connecteurs/1')[0]?.current).toBe('true'))

it('offers no section to who reads a document and sets nothing', () => {
  expect(tabsOf(null, '/administration/seuils')).toEqual([])
  expect(tabsOf(reader('incident:read'), '/exploitation/alertes')).toEqual([])
})
