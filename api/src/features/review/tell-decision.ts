import type { schema } from '@vigie/db'
import { rowsOf, type Tx } from '@vigie/db'
import { localDay, requirementById, timeZoneOf } from '@vigie/rules'
import { sql } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import type { OpenEtablissement } from '../declarations/target.ts'
import { queueMail } from '../mail/queue-mail.ts'
import { longDay } from '../procedures/convocation-text.ts'

type DerogationRow = typeof schema.derogation.$inferSelect
type DisputeRow = typeof schema.dispute.$inferSelect

/** Mail of whoever asked, by id of the request; those without an address are not there. */
export type Addresses = ReadonlyMap<string, string>

const WORKER = { role: 'vigie_worker' } as const
const SOURCES = {
  derogations: sql`select d.id, d.requested_by as asked_by from derogation d`,
  disputes: sql`select d.id, d.opened_by as asked_by from dispute d`,
  declarations: sql`select d.id, d.author as asked_by from declaration d`,
} as const

/**
 * In: ids of requests. Out: where to write to whoever made each: the address of her own file of holder. Read apart, for
 * who decides may not read it; call it before the transaction of the decision.
 */
export async function addressesOf(
  ctx: Context,
  asked: Partial<Record<keyof typeof SOURCES, readonly string[]>>,
): Promise<Addresses> {
  const found = new Map<string, string>()
  for (const [source, ids] of Object.entries(asked) as [keyof typeof SOURCES, readonly string[]][]) {
    if (ids.length === 0) continue
    const list = sql.join(
      ids.map((id) => sql`${id}::uuid`),
      sql`, `,
    )
    const rows = await ctx.db.transact(WORKER, (tx) =>
      tx.execute(sql`
        select r.id, h.mail from (${SOURCES[source]} where d.id in (${list})) r
        join otp_holder h on h.account_id = r.asked_by
        where h.mail is not null and h.departed_at is null and h.erased_at is null`),
    )
    for (const { id, mail } of rowsOf<{ id: string; mail: string }>(rows)) found.set(id, mail)
  }
  return found
}

/** Tells who asked for a derogation what was decided, in the transaction of the decision. */
export async function tellDerogation(
  tx: Tx,
  ctx: Context,
  etablissement: OpenEtablissement,
  row: DerogationRow,
  addresses: Addresses,
): Promise<void> {
  const until = localDay(row.expiresAt, timeZoneOf(etablissement.academie))
  const accepted = row.approvedAt !== null
  await tell(tx, ctx, etablissement, addresses.get(row.id), {
    purpose: `derogation:${row.id}:${accepted ? 'approved' : 'refused'}:${ctx.clock.now().toISOString()}`,
    subject: `Dérogation ${accepted ? 'accordée' : 'refusée'}`,
    requirement: row.requirement,
    lines: accepted
      ? [`Votre demande de dérogation est accordée jusqu’au ${longDay(until)}.`]
      : [`Votre demande de dérogation est refusée.`, `Motif : ${row.refusalReason ?? ''}`],
  })
}

/** Tells who disputed a verdict what was decided, in the transaction of the decision. */
export async function tellDispute(
  tx: Tx,
  ctx: Context,
  etablissement: OpenEtablissement,
  row: DisputeRow,
  addresses: Addresses,
): Promise<void> {
  const accepted = row.decision === 'accepted'
  await tell(tx, ctx, etablissement, addresses.get(row.id), {
    purpose: `dispute:${row.id}:${accepted ? 'accepted' : 'refused'}:${ctx.clock.now().toISOString()}`,
    subject: `Contestation ${accepted ? 'acceptée' : 'refusée'}`,
    requirement: row.requirement,
    lines: [
      `Votre contestation est ${accepted ? 'acceptée' : 'refusée'}.`,
      `Motif : ${row.decisionReason ?? ''}`,
    ],
  })
}

/** Tells who asked that a decision was taken back, in the transaction that does so. */
export const tellUndone = (
  tx: Tx,
  ctx: Context,
  etablissement: OpenEtablissement,
  row: { readonly id: string; readonly requirement: string },
  addresses: Addresses,
): Promise<void> =>
  tell(tx, ctx, etablissement, addresses.get(row.id), {
    purpose: `review:${row.id}:undone:${ctx.clock.now().toISOString()}`,
    subject: 'Décision annulée',
    requirement: row.requirement,
    lines: ['La décision prise sur votre demande est annulée : elle est de nouveau à l’étude.'],
  })

/** Tells the author of a declaration that it soon counts no more, or counts no more. */
export const tellExpiry = (
  tx: Tx,
  ctx: Context,
  etablissement: OpenEtablissement,
  row: { readonly id: string; readonly requirement: string; readonly expiresAt: Date },
  addresses: Addresses,
): Promise<void> => {
  const past = row.expiresAt <= ctx.clock.now()
  const day = longDay(localDay(row.expiresAt, timeZoneOf(etablissement.academie)))
  return tell(tx, ctx, etablissement, addresses.get(row.id), {
    purpose: `declaration:${row.id}:review:${ctx.clock.now().toISOString()}`,
    subject: 'Déclaration à renouveler',
    requirement: row.requirement,
    lines: [
      past
        ? `Votre déclaration ne compte plus depuis le ${day}.`
        : `Votre déclaration ne comptera plus à partir du ${day}.`,
      'Le responsable de la sécurité vous demande de la renouveler, si elle est toujours vraie.',
    ],
  })
}

interface Told {
  readonly purpose: string
  readonly subject: string
  readonly requirement: string
  readonly lines: readonly string[]
}

async function tell(
  tx: Tx,
  ctx: Context,
  { uai, academie, name }: OpenEtablissement,
  address: string | undefined,
  { purpose, subject, requirement, lines }: Told,
): Promise<void> {
  if (address === undefined) return
  const statement = requirementById(requirement)?.statement ?? ''
  const link = ctx.config.publicUrl
    ? ['', `${ctx.config.publicUrl}/etablissements/${uai}/exigences/${requirement}`]
    : []
  await queueMail(tx, ctx, {
    academie,
    purpose,
    recipients: [address],
    subject: `Vigie : ${subject.toLowerCase()}, ${requirement}, ${name}`,
    body: [
      'Bonjour,',
      '',
      `${name} (${uai}), exigence ${requirement} : ${statement}`,
      '',
      ...lines,
      ...link,
      '',
      'Ce message est envoyé par Vigie, sans réponse possible.',
      '',
    ].join('\n'),
  })
}
