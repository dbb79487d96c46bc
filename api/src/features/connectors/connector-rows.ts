import { schema, type Tx } from '@vigie/db'
import { and, eq, isNull } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'

const { connector } = schema

/** What the API's role reads of a connector: never its secrets. */
export const SHOWN_COLUMNS = {
  id: connector.id,
  academie: connector.academie,
  kind: connector.kind,
  name: connector.name,
  url: connector.url,
  severity: connector.severity,
  options: connector.options,
  createdAt: connector.createdAt,
  createdBy: connector.createdBy,
  disabledAt: connector.disabledAt,
} as const

/** A connector with its secrets sealed: for the jobs. */
export type ConnectorRow = typeof connector.$inferSelect
export type ShownConnectorRow = Pick<ConnectorRow, keyof typeof SHOWN_COLUMNS>

/** Errors: `not_found` when it was removed, or is outside the caller's perimeter. */
export async function findConnector(tx: Tx, id: string): Promise<ShownConnectorRow> {
  const [found] = await tx
    .select(SHOWN_COLUMNS)
    .from(connector)
    .where(and(eq(connector.id, id), isNull(connector.removedAt)))
  if (!found) throw new AppError('not_found', 'Ce connecteur n’existe pas dans votre périmètre.')
  return found
}

/** The connector with its secrets, read by the job's role. In: the id of one that the caller may manage. */
export async function readSealedConnector(ctx: Context, id: string): Promise<ConnectorRow> {
  const [found] = await ctx.db.transact({ role: 'vigie_worker' }, (tx) =>
    tx
      .select()
      .from(connector)
      .where(and(eq(connector.id, id), isNull(connector.removedAt))),
  )
  if (!found) throw new AppError('not_found', 'Ce connecteur n’existe plus.')
  return found
}

/** Errors: `conflict` when another connector of the académie has that name. */
export async function refuseTakenName(tx: Tx, academie: string, name: string, self?: string): Promise<void> {
  const [taken] = await tx
    .select({ id: connector.id })
    .from(connector)
    .where(and(eq(connector.academie, academie), eq(connector.name, name), isNull(connector.removedAt)))
  if (taken && taken.id !== self) {
    throw new AppError('conflict', `Un connecteur s’appelle déjà « ${name} » : choisissez un autre nom.`)
  }
}
