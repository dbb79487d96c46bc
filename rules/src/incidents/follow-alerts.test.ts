import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  followAlerts,
  type AlertArrival,
  type AlertBook,
  type FollowedAlert,
  type FollowedIncident,
} from './follow-alerts.ts'

const EMPTY: AlertBook = { alerts: [], incidents: [] }

/** Keeps everything, as the database would. */
function played(deliveries: readonly (readonly AlertArrival[])[], everyMs = 1_000) {
  const alerts = new Map<string, FollowedAlert>()
  const incidents = new Map<string, FollowedIncident>()
  let minted = 0
  let opened = 0
  for (const [index, arrivals] of deliveries.entries()) {
    const following = followAlerts(
      { alerts: [...alerts.values()], incidents: [...incidents.values()].toReversed() },
      arrivals,
      index * everyMs,
      () => String(++minted),
    )
    for (const alert of following.alerts) alerts.set(alert.key, alert)
    for (const { incident, opening } of following.changes) {
      incidents.set(incident.id, incident)
      if (opening) opened += 1
    }
    const firing = (id: string) =>
      [...alerts.values()].filter((alert) => alert.incident === id && alert.status === 'firing').length
    for (const incident of incidents.values()) {
      expect(incident.firing).toBe(firing(incident.id))
      expect(incident.state === 'resolved').toBe(incident.firing === 0)
    }
    const open = [...incidents.values()].filter(({ state }) => state !== 'resolved')
    expect(new Set(open.map(({ identity }) => identity)).size).toBe(open.length)
  }
  return { alerts, incidents, opened }
}

const arrival = fc.record({
  key: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  status: fc.constantFrom('firing', 'resolved'),
  severity: fc.constantFrom('critical', 'warning', 'info'),
})
/** A key always says the same place. */
const arrivals = fc.array(
  arrival.map((one): AlertArrival => ({ ...one, identity: one.key < 'c' ? 'x' : 'y' }) as AlertArrival),
  { maxLength: 6 },
)

describe('followAlerts', () => {
  it('keeps one unresolved incident per identity, open exactly while an alert of it fires', () => {
    fc.assert(fc.property(fc.array(arrivals, { maxLength: 12 }), (deliveries) => void played(deliveries)))
  })

  it('moves nothing when a delivery comes again', () => {
    fc.assert(
      fc.property(fc.array(arrivals, { maxLength: 6 }), (deliveries) => {
        const once = played(deliveries)
        const twice = played(deliveries.flatMap((delivery) => [delivery, delivery]))
        expect(twice.alerts).toEqual(once.alerts)
        expect(twice.opened).toBe(once.opened)
        const bare = ({ incidents }: typeof once) =>
          [...incidents.values()].map(({ resolvedAt: _, ...incident }) => incident)
        expect(bare(twice)).toEqual(bare(once))
      }),
    )
  })

  it('ends at the same alerts whatever the order of the deliveries', () => {
    fc.assert(
      fc.property(
        fc
          .array(arrivals, { maxLength: 6 })
          .chain((deliveries) =>
            fc.tuple(
              fc.constant(deliveries),
              fc.shuffledSubarray(deliveries, { minLength: deliveries.length, maxLength: deliveries.length }),
            ),
          ),
        ([deliveries, shuffled]) => {
          const statuses = (run: ReturnType<typeof played>) =>
            [...run.alerts.values()].map(({ key, status }) => `${key} ${status}`).sort()
          expect(statuses(played(shuffled))).toEqual(statuses(played(deliveries)))
        },
      ),
    )
  })

  const firing = (key: string, severity: AlertArrival['severity'] = 'warning'): AlertArrival => ({
    key,
    identity: 'x',
    status: 'firing',
    severity,
  })

  it('tells from which severity an incident was raised, once it was open', () => {
    const first = followAlerts(EMPTY, [firing('a'), firing('b', 'critical')], 0, () => '1')
    expect(first.changes[0]).toMatchObject({
      raisedFrom: null,
      repeats: 1,
      incident: { severity: 'critical' },
    })
    const book = {
      alerts: first.alerts,
      incidents: [{ ...first.changes[0]!.incident, severity: 'info' as const }],
    }
    const next = followAlerts(book, [firing('c'), firing('d', 'critical')], 0, () => '2')
    expect(next.changes[0]).toMatchObject({ raisedFrom: 'info', incident: { severity: 'critical' } })
  })

  it('leaves to a person what a person resolved', () => {
    const incident = { id: '1', identity: 'x', state: 'resolved', severity: 'info', firing: 1 } as const
    const byHand = { ...incident, resolvedAt: 0, automatic: false }
    const book = { alerts: [{ key: 'a', incident: '1', status: 'firing' as const }], incidents: [byHand] }
    expect(followAlerts(book, [firing('a')], 1, () => '2')).toEqual({ alerts: [], changes: [] })
    expect(followAlerts(book, [firing('b')], 1, () => '2').changes[0]?.incident.id).toBe('2')
  })
})
