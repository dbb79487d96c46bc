export type InventoryFaultCode = 'too_large' | 'malformed' | 'unsupported'

/** Refusal of an agent's message. `detail` is French, says the remedy, and quotes nothing of the message. */
export class InventoryFault extends Error {
  readonly code: InventoryFaultCode
  readonly detail: string

  constructor(code: InventoryFaultCode, detail: string, options?: ErrorOptions) {
    super(`${code}: ${detail}`, options)
    this.code = code
    this.detail = detail
  }
}
