import { recordset, rowsOf, type Tx } from '@vigie/db'
import { sql } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError, type InputFault } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { checkObservations } from './check-observations.ts'
import { prepareEvidence, recordEvidenceOfMany, type EtablissementObservation } from './record-evidence.ts'
import type { EvidenceBatch } from './schema.ts'

/** Faults that one answer carries; beyond, the caller has understood. */
const MAX_FAULTS = 500

/**
 * Receives observations from any system, all or none. Sent again, they are accepted again and kept once.
 * Errors: `unauthenticated`, `forbidden`, `invalid_input` naming every fault; an establishment outside the caller's
 * perimeter is unknown.
 */
export async function receiveEvidence(ctx: Context, batch: EvidenceBatch): Promise<{ accepted: number }> {
  const identity = authorise(ctx.actor, 'evidence:write')
  const { observations, faults } = checkObservations(batch.observations, ctx.clock.now())
  const checked = observations.filter((observation) => observation !== undefined)
  if (faults.length === 0) await prepareEvidence(ctx, checked)
  const origin = { source: batch.source, collector: batch.collector ?? 'api' }
  await write(ctx, identity, async (tx) => {
    const unknown = await unknownUais(tx, checked)
    refuse([...faults, ...unknownFaults(observations, unknown)])
    const { recorded } = await recordEvidenceOfMany(tx, ctx, checked, origin)
    const uais = new Set(checked.map(({ uai }) => uai))
    const [only] = uais.size === 1 ? uais : []
    await record(tx, ctx, {
      action: 'evidence.receive',
      subject: { kind: 'collector', id: origin.collector },
      ...(only ? { uai: only } : {}),
      details: { source: origin.source, etablissements: uais.size, accepted: checked.length, recorded },
    })
  })
  return { accepted: checked.length }
}

function refuse(faults: readonly InputFault[]): void {
  if (faults.length === 0) return
  const shown = faults.slice(0, MAX_FAULTS)
  const rest = faults.length - shown.length
  throw new AppError(
    'invalid_input',
    `L’envoi contient ${faults.length} erreur${faults.length > 1 ? 's' : ''} : rien n’a été enregistré.${rest > 0 ? ` Les ${MAX_FAULTS} premières suivent.` : ''}`,
    { errors: shown },
  )
}

async function unknownUais(
  tx: Tx,
  observations: readonly EtablissementObservation[],
): Promise<ReadonlySet<string>> {
  const rows = [...new Set(observations.map(({ uai }) => uai))].map((uai) => ({ uai }))
  const result = await tx.execute(sql`
    select r.uai from ${recordset(rows, 'r(uai text)')}
    where not exists (select 1 from etablissement e where e.uai = r.uai)`)
  return new Set(rowsOf<{ uai: string }>(result).map(({ uai }) => uai))
}

const unknownFaults = (
  observations: readonly (EtablissementObservation | undefined)[],
  unknown: ReadonlySet<string>,
): InputFault[] =>
  observations.flatMap((observation, position) =>
    observation && unknown.has(observation.uai)
      ? [
          {
            pointer: `/observations/${position}/uai`,
            detail: `établissement inconnu : ${observation.uai}. Vérifiez l’identifiant, ou importez l’annuaire`,
          },
        ]
      : [],
  )
