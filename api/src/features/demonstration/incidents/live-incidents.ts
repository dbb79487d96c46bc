import { schema } from '@vigie/db'
import type { Role } from '@vigie/db/schema'
import { desc, eq } from 'drizzle-orm'
import type { Context } from '../../../context.ts'
import { reportIncidentEvidence } from '../../incidents/evidence/report-incident-evidence.ts'
import { acknowledgeIncident } from '../../incidents/life/acknowledge-incident.ts'
import { assignIncident } from '../../incidents/life/assign-incident.ts'
import { commentIncident } from '../../incidents/life/comment-incident.ts'
import { openIncident } from '../../incidents/life/open-incident.ts'
import { resolveIncident } from '../../incidents/life/resolve-incident.ts'
import { actorOf } from '../open-accounts.ts'
import { planPeople } from '../people.ts'
import { toldOf, type PlannedEtablissement } from '../plan/etablissements.ts'
import { pushAlert } from './push-alert.ts'
import { ALERTS, REQUESTS, type Act, type PlannedIncident, type Place } from './story.ts'

const MINUTE_MS = 60_000

/**
 * Months of incidents, by the product's own verbs: alerts through the webhook, requests of users, what was done about
 * them, and what that proves. In: the context of the story's end. Lived once: a build that resumes leaves it.
 */
export async function liveIncidents(ctx: Context, items: readonly PlannedEtablissement[]): Promise<void> {
  const known = await ctx.db.transact({ role: 'vigie_worker' }, (tx) =>
    tx.select({ id: schema.incident.id }).from(schema.incident).limit(1),
  )
  if (known.length > 0) return
  const { college, ecole } = toldOf(items)
  const uaiOf = (place: Place) =>
    place === 'academie' ? null : place === 'college' ? college.uai : ecole.uai
  const end = ctx.clock.now().getTime()
  const ago = (minutes: number): Context => {
    // One act takes a moment: two of them never bear the same instant.
    let moments = 0
    return { ...ctx, clock: { now: () => new Date(end - minutes * MINUTE_MS + 1_000 * moments++) } }
  }
  for (const incident of [...ALERTS, ...REQUESTS].toSorted((a, b) => b.minutesAgo - a.minutesAgo))
    await live(ago, incident, uaiOf(incident.place))
  await reportIncidentEvidence(ctx)
}

type Ago = (minutes: number) => Context

const as = async (ctx: Context, role: Role): Promise<Context> => {
  const persona = planPeople().find(({ grants }) => grants.some((grant) => grant.role === role))
  const actor = persona ? await actorOf(ctx, persona) : null
  if (!actor) throw new Error(`no account of the demonstration holds the role ${role}`)
  return { ...ctx, actor }
}

async function live(ago: Ago, incident: PlannedIncident, uai: string | null): Promise<void> {
  const start = ago(incident.minutesAgo)
  if ('request' in incident) {
    const { id } = await openIncident(await as(start, incident.request.by), {
      ...incident.request.input,
      uai,
    })
    for (const step of incident.acts) await perform(ago(incident.minutesAgo - step.after), id, step)
    return
  }
  const { alert } = incident
  await pushAlert(start, alert, uai, start.clock.now(), null)
  const id = await newestId(start)
  for (const step of incident.acts) {
    const then = ago(incident.minutesAgo - step.after)
    if (step.act === 'end' || step.act === 'again') {
      const startsAt = new Date(then.clock.now().getTime() - step.lasted * MINUTE_MS)
      await pushAlert(then, alert, uai, startsAt, step.act === 'end' ? then.clock.now() : null)
    } else await perform(then, id, step)
  }
}

async function perform(ctx: Context, id: string, step: Act): Promise<void> {
  switch (step.act) {
    case 'acknowledge':
      return acknowledgeIncident(await as(ctx, step.by), id)
    case 'assign': {
      const { actor } = await as(ctx, step.to)
      return assignIncident(await as(ctx, step.by), id, {
        accountId: actor.kind === 'account' ? actor.id : null,
      })
    }
    case 'comment':
      return commentIncident(await as(ctx, step.by), id, { comment: step.comment })
    case 'resolve':
      return resolveIncident(await as(ctx, step.by), id, { comment: step.comment })
    case 'end':
    case 'again':
      return
  }
}

async function newestId(ctx: Context): Promise<string> {
  const [row] = await ctx.db.transact({ role: 'vigie_worker' }, (tx) =>
    tx
      .select({ id: schema.incident.id })
      .from(schema.incident)
      .where(eq(schema.incident.origin, 'alert'))
      .orderBy(desc(schema.incident.number))
      .limit(1),
  )
  if (!row) throw new Error('the alert opened no incident')
  return row.id
}
