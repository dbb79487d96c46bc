import { expect, it } from 'vitest'
import type { Me, Permission } from '#lib/account.ts'
import { tabsOf } from './key-tabs.ts'

const reader = (...permissions: Permission[]) => ({ permissions }) as unknown as Me

it('offers a committee the deployment alone', () =>
  expect(tabsOf(reader('deployment:read'), '/deploiement')).toEqual([
    { href: '/deploiement', label: 'Déploiement', current: 'page' },
  ]))

it('marks the list while the file of a key is read, and the page itself elsewhere', () => {
  const me = reader('key:read', 'key:manage', 'key:stock')
  const currentAt = (path: string) =>
    tabsOf(me, path).flatMap(({ href, current }) => (current ? [`${href} ${current}`] : []))
  expect(currentAt('/cles/VIE-0001')).toEqual(['/cles/liste true'])
  expect(currentAt('/cles')).toEqual(['/cles page'])
  expect(currentAt('/cles/import')).toEqual(['/cles/import page'])
  expect(currentAt('/porteurs/0190')).toEqual(['/porteurs true'])
})

it('offers nothing to a stranger', () => expect(tabsOf(null, '/cles')).toEqual([]))
