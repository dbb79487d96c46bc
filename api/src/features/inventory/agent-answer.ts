import { deflateSync } from 'node:zlib'
import type { InventoryReport } from '@vigie/collectors'

/** Hours before the agent calls again. */
const PERIOD_HOURS = 24
const XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
const PROLOG = `${XML}<REPLY><RESPONSE>SEND</RESPONSE><PROLOG_FREQ>${PERIOD_HOURS}</PROLOG_FREQ></REPLY>`
const RECEIVED = `${XML}<REPLY></REPLY>`
const OK = { status: 'ok', expiration: PERIOD_HOURS }
/** Only the inventory is asked for: the other tasks would run commands or scan networks on our behalf. */
const CONTACT = {
  ...OK,
  tasks: { inventory: { server: 'vigie', version: '1.0' } },
  disabled: ['netdiscovery', 'netinventory', 'deploy', 'collect', 'esx', 'remoteinventory'],
}

/** How a GLPI agent names itself and its request. */
export const AGENT_ID = 'GLPI-Agent-ID'
export const REQUEST_ID = 'GLPI-Request-ID'

/** In: the request's headers. Out: those of the answer that a GLPI agent expects to find again. */
export function echoed(headers: Headers): Record<string, string> {
  const id = headers.get(REQUEST_ID)
  return id && /^[0-9A-F]{8}$/i.test(id) ? { [REQUEST_ID]: id } : {}
}

export interface AgentAnswer {
  readonly type: string
  readonly body: string | Uint8Array<ArrayBuffer>
}

const json = (content: object): AgentAnswer => ({ type: 'application/json', body: JSON.stringify(content) })

/** Default zlib level only: agents tell zlib by the two bytes of that level. */
const xml = (content: string, zlib: boolean): AgentAnswer =>
  zlib
    ? { type: 'application/x-compress-zlib', body: new Uint8Array(deflateSync(content)) }
    : { type: 'application/xml', body: content }

/**
 * In: what the agent sent, and whether it speaks the GLPI protocol. Out: the answer, in the agent's own writing.
 * A GLPI agent opens with an XML PROLOG and goes on in JSON when answered in JSON.
 */
export function answerTo(report: InventoryReport, glpi: boolean): AgentAnswer {
  const zlib = report.envelope.packing === 'zlib'
  switch (report.query) {
    case 'CONTACT':
      return json(CONTACT)
    case 'PROLOG':
      return glpi ? json(OK) : xml(PROLOG, zlib)
    case 'INVENTORY':
      return report.envelope.format === 'json' ? json(OK) : xml(RECEIVED, zlib)
  }
}
