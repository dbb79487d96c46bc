import { reserving } from '@vigie/test/support/deps.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  LEARNT_LIMIT,
  addressOf,
  planLearning,
  type KnownTarget,
  type LearningPlan,
  type WatchedMachine,
} from './plan-learning.ts'

const AT = new Date('2026-11-16T08:00:00Z')
const NONE = reserving()
const card = (address: string | null, virtual = false) => ({
  name: 'eth0',
  mac: null,
  address,
  type: 'ethernet',
  virtual,
})
const machine = (
  id: string,
  address: string | null,
  kind: WatchedMachine['kind'] = 'server',
): WatchedMachine => ({
  id,
  name: `machine ${id}`,
  kind,
  networks: [card(address)],
})
const target = (id: string, machineId: string, address: string, aside = false): KnownTarget => ({
  id,
  module: 'icmp',
  address,
  label: `machine ${machineId}`,
  service: null,
  machineId,
  origin: 'learnt',
  createdAt: AT,
  disabledAt: aside ? AT : null,
})

/** The targets once the plan is carried out, as the table would hold them. */
function carriedOut(targets: readonly KnownTarget[], plan: LearningPlan): KnownTarget[] {
  const left = targets
    .filter(({ id }) => !plan.remove.includes(id))
    .map((row) => ({ ...row, label: plan.rename.find(({ id }) => id === row.id)?.label ?? row.label }))
  const put = plan.put.map(({ former, ...learnt }, index): KnownTarget => ({
    ...(former ?? { ...target(`new ${index} ${learnt.machineId}`, '', ''), origin: 'learnt' }),
    ...learnt,
  }))
  const taken = new Set(left.map(({ module, address }) => `${module} ${address}`))
  return [...left, ...put.filter(({ module, address }) => !taken.has(`${module} ${address}`))]
}

describe('addressOf', () => {
  it('takes the first private IPv4 address of a real interface, else a private IPv6 one', () => {
    expect(addressOf([card('172.17.0.1', true), card('10.1.2.3'), card('192.168.1.1')], NONE)).toBe(
      '10.1.2.3',
    )
    expect(addressOf([card('fe80::1'), card('FD12::0:1'), card(null)], NONE)).toBe('fd12::1')
  })

  it.each(['127.0.0.1', '203.0.113.9', '169.254.12.1', 'fe80::1', '::1', '', 'serveur', '010.1.2.3'])(
    'does not take %s',
    (address) => {
      expect(addressOf([card(address)], NONE)).toBeNull()
    },
  )

  it('does not take an address of a network that the académie keeps', () => {
    expect(addressOf([card('10.1.2.3')], reserving('10.1.0.0/16'))).toBeNull()
  })
})

describe('planLearning', () => {
  const plan = (machines: WatchedMachine[], targets: KnownTarget[]) => planLearning(machines, targets, NONE)

  it('learns a ping of each server and printer, and SNMP too of network equipment', () => {
    const { put } = plan(
      [machine('a', '10.0.0.1'), machine('b', '10.0.0.2', 'network'), machine('c', '10.0.0.3', 'printer')],
      [],
    )
    expect(put.map(({ module, address, label }) => `${module} ${address} ${label}`)).toEqual([
      'icmp 10.0.0.1 machine a',
      'icmp 10.0.0.2 machine b',
      'snmp 10.0.0.2:161 machine b',
      'icmp 10.0.0.3 machine c',
    ])
  })

  it('has nothing to do when nothing moved', () => {
    expect(plan([machine('a', '10.0.0.1')], [target('t', 'a', '10.0.0.1')])).toEqual({
      remove: [],
      put: [],
      rename: [],
    })
  })

  it('follows a machine that moves or is renamed, and keeps what a person said of it', () => {
    const known = { ...target('t', 'a', '10.0.0.1', true), service: 'MCO-SVG' }
    const moved = plan([machine('a', '10.0.0.9')], [known])
    expect(carriedOut([known], moved)).toEqual([{ ...known, address: '10.0.0.9' }])
    const renamed = plan([{ ...machine('a', '10.0.0.1'), name: 'autre' }], [known])
    expect(renamed).toEqual({ remove: [], put: [], rename: [{ id: 't', label: 'autre' }] })
  })

  it('lets two machines swap their addresses', () => {
    const known = [target('t', 'a', '10.0.0.1'), target('u', 'b', '10.0.0.2')]
    const swapped = plan([machine('a', '10.0.0.2'), machine('b', '10.0.0.1')], known)
    expect(
      carriedOut(known, swapped)
        .map(({ id, address }) => `${id} ${address}`)
        .toSorted(),
    ).toEqual(['t 10.0.0.2', 'u 10.0.0.1'])
  })

  it('drops the target of a machine that left, put aside or not', () => {
    expect(plan([], [target('t', 'a', '10.0.0.1'), target('u', 'b', '10.0.0.2', true)]).remove).toEqual([
      't',
      'u',
    ])
  })

  it('forgets no refusal when a machine stops telling its address', () => {
    expect(plan([machine('a', null)], [target('t', 'a', '10.0.0.1', true)]).remove).toEqual([])
    expect(plan([machine('a', null)], [target('t', 'a', '10.0.0.1')]).remove).toEqual(['t'])
  })

  it('leaves an address that a person declared', () => {
    const declared: KnownTarget = { ...target('d', 'x', '10.0.0.1'), origin: 'declared', machineId: null }
    expect(plan([machine('a', '10.0.0.1')], [declared]).put).toEqual([])
  })

  it('learns a bounded number of targets', () => {
    const many = Array.from({ length: 200 }, (_, n) => machine(`m${n}`, `10.0.${n}.1`, 'network'))
    expect(plan(many, []).put).toHaveLength(LEARNT_LIMIT)
  })

  it('whatever the parc and what is known, settles: carried out twice, it has nothing more to do', () => {
    const host = fc.constantFrom(null, '10.0.0.1', '10.0.0.2', '10.0.0.3', '192.0.2.1')
    const id = fc.constantFrom('a', 'b', 'c')
    const machines = fc.uniqueArray(
      fc.record({ id, address: host, kind: fc.constantFrom('server' as const, 'network' as const) }),
      { selector: (m) => m.id },
    )
    const targets = fc.uniqueArray(
      fc.record({
        machineId: id,
        address: fc.constantFrom('10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4'),
        aside: fc.boolean(),
        declared: fc.boolean(),
      }),
      { selector: (t) => t.address },
    )
    fc.assert(
      fc.property(machines, targets, (present, known) => {
        const parc = present.map((m) => machine(m.id, m.address, m.kind))
        const seen = new Set<string>()
        const rows = known
          .map((t, n): KnownTarget => ({
            ...target(`t${n}`, t.machineId, t.address, t.aside),
            origin: t.declared ? 'declared' : 'learnt',
          }))
          .filter(({ origin, machineId }) => {
            if (origin === 'declared') return true
            const first = !seen.has(machineId ?? '')
            seen.add(machineId ?? '')
            return first
          })
        const once = carriedOut(rows, plan(parc, rows))
        const after = carriedOut(once, plan(parc, once))
        expect(plan(parc, after)).toEqual({ remove: [], put: [], rename: [] })
        const keys = after.map(({ module, address }) => `${module} ${address}`)
        expect(new Set(keys).size).toBe(keys.length)
      }),
      { numRuns: 300 },
    )
  })
})
