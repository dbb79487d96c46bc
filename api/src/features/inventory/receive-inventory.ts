import { InventoryFault, readInventory, type InventoryReport } from '@vigie/collectors'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError, type ErrorCode } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { prepareEvidence } from '../evidence/record-evidence.ts'
import { refreshParcEvidence } from '../parc/refresh-parc-evidence.ts'
import { storeMachine } from './store-machine.ts'

const CODES = {
  too_large: 'payload_too_large',
  malformed: 'invalid_input',
  unsupported: 'unsupported_media',
} as const satisfies Record<InventoryFault['code'], ErrorCode>

function read(bytes: Uint8Array): InventoryReport {
  try {
    return readInventory(bytes)
  } catch (error) {
    if (error instanceof InventoryFault) throw new AppError(CODES[error.code], error.detail)
    throw error
  }
}

/**
 * Receives one message of an inventory agent: an inventory updates the parc of the account's establishment and
 * what it proves; the other messages write nothing. `bytes` is asked for once the caller is known. Errors:
 * `unauthenticated`, `forbidden`, `payload_too_large`, `unsupported_media`, `invalid_input`, `not_found`, `conflict`.
 */
export async function receiveInventory(
  ctx: Context,
  bytes: () => Promise<Uint8Array>,
): Promise<InventoryReport> {
  const identity = authorise(ctx.actor, 'evidence:write')
  if (ctx.actor.kind !== 'collector') {
    throw new AppError('forbidden', 'Seul le compte de collecte d’un établissement dépose des inventaires.')
  }
  const { uai } = ctx.actor
  const report = read(await bytes())
  if (report.query !== 'INVENTORY') return report
  await prepareEvidence(ctx, [{ observedAt: ctx.clock.now() }])
  await write(ctx, identity, async (tx) => {
    const stored = await storeMachine(tx, ctx, uai, report)
    await refreshParcEvidence(tx, ctx, uai)
    await record(tx, ctx, {
      action: 'inventory.receive',
      subject: { kind: 'machine', id: stored.machineId },
      uai,
      details: { outcome: stored.outcome, partial: report.partial, format: report.envelope.format },
    })
  })
  return report
}
