import { readFileSync } from 'node:fs'
import { deflateSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BODY_LIMIT } from './inventory-body.ts'
import { InventoryFault } from './inventory-fault.ts'
import { readInventory } from './inventory.ts'

const fixture = (name: string) => readFileSync(new URL(`../../fixtures/inventory/${name}`, import.meta.url))
const XML = fixture('windows.xml')
const JSON_MESSAGE = fixture('glpi-agent.json')

/** Out: the code of the refusal, or `read`. Anything else than an InventoryFault breaks the test. */
function outcomeOf(bytes: Uint8Array | string): string {
  try {
    readInventory(typeof bytes === 'string' ? Buffer.from(bytes) : bytes)
    return 'read'
  } catch (error) {
    if (!(error instanceof InventoryFault)) throw error
    expect(error.detail).toMatch(/\p{Ll}{4}.*\.$/u)
    return error.code
  }
}

const request = (inner: string) =>
  `<REQUEST><CONTENT>${inner}</CONTENT><DEVICEID>d</DEVICEID><QUERY>INVENTORY</QUERY></REQUEST>`
const HARDWARE = '<HARDWARE><NAME>poste</NAME></HARDWARE>'

describe('refusing what no agent would send', () => {
  it.each([
    ['nothing', '', 'malformed'],
    ['a body past the limit', 'x'.repeat(BODY_LIMIT + 1), 'too_large'],
    ['an unclosed element', '<REQUEST><CONTENT>', 'malformed'],
    ['crossed elements', request('<HARDWARE><NAME>x</HARDWARE></NAME>'), 'malformed'],
    ['an unknown entity', request('<HARDWARE><NAME>&secret;</NAME></HARDWARE>'), 'malformed'],
    ['a document type', `<!DOCTYPE REQUEST>${request(HARDWARE)}`, 'malformed'],
    ['an entity declared in lower case', `<!doctype r [<!entity a "b">]>${request(HARDWARE)}`, 'malformed'],
    ['elements too deep', '<REQUEST>'.repeat(40), 'too_large'],
    ['another document', '<html></html>', 'unsupported'],
    ['an inventory of nothing known', request('<UNKNOWN/>'), 'malformed'],
    ['an agent without a name', request(HARDWARE).replace('<DEVICEID>d</DEVICEID>', ''), 'malformed'],
    ['a task that is not the inventory', request(HARDWARE).replace('INVENTORY', 'SNMPQUERY'), 'unsupported'],
    ['JSON cut short', '{"action":', 'malformed'],
    [
      'JSON of a network device',
      '{"action":"inventory","itemtype":"NetworkEquipment","deviceid":"d"}',
      'unsupported',
    ],
  ])('refuses %s', (_what, body, code) => {
    expect(outcomeOf(body)).toBe(code)
  })

  it('refuses a message that inflates beyond measure, before it is whole in memory', () => {
    expect(outcomeOf(deflateSync(Buffer.alloc(40 * 1024 * 1024)))).toBe('too_large')
    expect(outcomeOf(gzipSync(Buffer.alloc(40 * 1024 * 1024)))).toBe('too_large')
    expect(outcomeOf(deflateSync(Buffer.from(request(`${HARDWARE}<X>${' '.repeat(5_000_000)}</X>`))))).toBe(
      'too_large',
    )
  })

  it('refuses a section with more entries than any machine has', () => {
    const entries = '<SOFTWARES><NAME>a</NAME></SOFTWARES>'.repeat(20_001)
    expect(outcomeOf(request(entries))).toBe('too_large')
  })

  it('reads a value cut to a line that a database can hold', () => {
    const report = readInventory(
      Buffer.from(
        JSON.stringify({
          action: 'inventory',
          deviceid: 'd',
          content: { hardware: { name: 'a\u0000b\nc\ud800' }, bios: { smodel: 'm'.repeat(5_000) } },
        }),
      ),
    )
    if (report.query !== 'INVENTORY') throw new Error('not an inventory')
    expect(report.sections.hardware?.name).toBe('a b c\ufffd')
    expect(report.sections.bios?.model).toHaveLength(1_000)
  })

  it('never lets a field change the shape of what is kept', () => {
    const message =
      '{"action":"inventory","deviceid":"d","content":{"hardware":{"name":"x","__proto__":{"uuid":"y"}},"__proto__":{"bios":{"ssn":"z"}}}}'
    const report = readInventory(Buffer.from(message))
    expect(report).toMatchObject({ sections: { hardware: { name: 'x', uuid: null } } })
    expect(report).not.toHaveProperty('sections.bios')
  })
})

describe('whatever the bytes', () => {
  it('answers by a report or a typed refusal', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => void outcomeOf(bytes)))
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => void outcomeOf(deflateSync(bytes))))
    fc.assert(fc.property(fc.json(), (text) => void outcomeOf(text)))
  })

  it('stands a recorded message cut anywhere, packed or not', () => {
    for (const message of [XML, JSON_MESSAGE]) {
      const packed = deflateSync(message)
      fc.assert(
        fc.property(fc.nat(message.length - 2), (cut) => {
          expect(outcomeOf(message.subarray(0, cut))).not.toBe('read')
        }),
      )
      fc.assert(
        fc.property(fc.nat(packed.length - 5), (cut) => {
          expect(outcomeOf(packed.subarray(0, cut))).not.toBe('read')
        }),
      )
    }
  })

  it('stands a recorded message with bytes changed', () => {
    const change = fc.record({ at: fc.nat(), byte: fc.nat(255) })
    for (const message of [XML, JSON_MESSAGE, deflateSync(XML)]) {
      fc.assert(
        fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
          const bytes = new Uint8Array(message)
          for (const { at, byte } of changes) bytes[at % bytes.length] = byte
          outcomeOf(bytes)
        }),
      )
    }
  })

  it('reads any JSON content under the right head, keeping only known sections', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('hardware', 'bios', 'softwares', 'envs', 'drives'), fc.jsonValue()),
        (content) => {
          outcomeOf(JSON.stringify({ action: 'inventory', deviceid: 'd', content }))
        },
      ),
    )
  })
})
