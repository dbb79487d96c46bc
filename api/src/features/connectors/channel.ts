import type { DeliveryRow } from './present-delivery.ts'
import type { IncidentPayload } from './webhook-payload.ts'

/** A way to the system of one connector, for the time of a run. */
export interface Channel {
  /** Out: a remark worth showing, or null. Errors: `OutgoingError`. */
  deliver(delivery: DeliveryRow): Promise<string | null>
  close(): Promise<void>
}

/** What a delivery tells: written by this project alone, a row that is not it is a fault of the code. */
export const payloadOf = (delivery: DeliveryRow): IncidentPayload =>
  delivery.payload as unknown as IncidentPayload
