import { readFileSync } from 'node:fs'
import { deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { hardwareIdentity } from './inventory-identity.ts'
import { describeMachine } from './inventory-machine.ts'
import { readInventory } from './inventory.ts'

const folder = new URL('../../fixtures/inventory/', import.meta.url)
const fixture = (name: string) => readFileSync(new URL(name, folder))
const INVENTORIES = [
  'fusioninventory.xml',
  'glpi-agent-legacy.xml',
  'glpi-agent.json',
  'glpi-agent-partial.json',
  'windows.xml',
]

/** What is kept of a message, with the machine that it describes. */
function kept(name: string) {
  const report = readInventory(deflateSync(fixture(name)))
  if (report.query !== 'INVENTORY') throw new Error('not an inventory')
  return {
    ...report,
    identity: hardwareIdentity(report.sections),
    machine: describeMachine(report.sections, report.deviceId),
  }
}

describe('reading what agents post', () => {
  it.each(INVENTORIES)('keeps of %s exactly what its golden file holds', async (name) => {
    await expect(`${JSON.stringify(kept(name), null, 2)}\n`).toMatchFileSnapshot(
      new URL(`${name}.golden.json`, folder).pathname,
    )
  })

  it.each(INVENTORIES)('keeps nothing of the secrets and persons in %s', (name) => {
    const text = JSON.stringify(kept(name))
    expect(text).not.toMatch(
      /secretdemo|personne-demo|perl_args|--server|lastlogged|wtmp|\/bin\/bash|WINPRODKEY|AAAAA-/i,
    )
    expect(text).not.toMatch(/"(envs|processes|users|local_users|accesslog|versionprovider)"/i)
  })

  it('reads an inventory alike whether it is plain, zlib or gzip', () => {
    const plain = fixture('windows.xml')
    const [none, zlib, gzip] = [plain, deflateSync(plain), gzipSync(plain)].map((bytes) =>
      readInventory(bytes),
    )
    expect(none?.envelope).toEqual({ packing: 'none', format: 'xml' })
    expect(zlib?.envelope.packing).toBe('zlib')
    expect({ ...gzip, envelope: null }).toEqual({ ...none, envelope: null })
  })

  it('recognises the opening messages of both protocols', () => {
    expect(readInventory(fixture('fusioninventory-prolog.xml')).query).toBe('PROLOG')
    expect(readInventory(fixture('glpi-agent-prolog.xml')).query).toBe('PROLOG')
    expect(readInventory(fixture('glpi-agent-contact.json')).query).toBe('CONTACT')
  })

  it('describes the same machine whether the GLPI agent writes XML or JSON', () => {
    const { machine: xml, identity } = kept('glpi-agent-legacy.xml')
    const json = kept('glpi-agent.json')
    expect(json.machine).toEqual(xml)
    expect(json.identity).toBe(identity)
  })
})
