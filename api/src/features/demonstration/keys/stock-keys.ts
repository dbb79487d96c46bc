import { DEMONSTRATION_ACADEMIE } from '@vigie/rules'
import { addRecipient } from '../../deployment/add-recipient.ts'
import { importKeys } from '../../key-stock/import-keys.ts'
import { receiveShipment } from '../../key-stock/receive-shipment.ts'
import { sendShipment } from '../../key-stock/send-shipment.ts'
import { setThreshold } from '../../key-stock/set-threshold.ts'
import { KEY_LOTS, lotFile, serialsFor } from '../plan/key-lots.ts'
import { DEPARTEMENTS_OF_VALMONT } from '../plan/places.ts'
import type { KeyStage } from './stage-context.ts'

/** Stock under which a département is told to order: two of the four are below. */
const THRESHOLDS = [8, 20, 10, 18] as const

/** The académie imports its lots, ships each département its share, and says who follows the deployment. */
export async function stockKeys({ as, act, cast, items }: KeyStage, end: Date): Promise<void> {
  const diaser = as(cast.diaser)
  const academie = DEMONSTRATION_ACADEMIE
  for (const lot of KEY_LOTS)
    await act(() => importKeys(diaser, { bytes: lotFile(lot, end), fileName: lot.fileName, academie }))
  for (const [rank, { code }] of DEPARTEMENTS_OF_VALMONT.entries()) {
    await act(() => setThreshold(diaser, { departement: code }, { minimum: THRESHOLDS[rank] ?? 10 }))
    const serials = KEY_LOTS.flatMap((lot) => serialsFor(lot, rank))
    const shipment = await act(() =>
      sendShipment(as(cast.diaser, 2), { departement: code, serials, comment: 'Dotation de rentrée' }),
    )
    if (shipment && items.some(({ commune }) => commune.departement === code))
      await act(() => receiveShipment(as(cast.osp(code), 30), shipment.id))
  }
  await act(() => addRecipient(diaser, { academie, mail: 'suivi.cles@valmont.example' }))
}
