import { openSource } from '@vigie/api/features/collection/collect-file.ts'
import { networkSection } from '@vigie/api/features/collection/sources/network.ts'
import type { NetworkInput } from '@vigie/api/features/collection/sources/network-description.ts'
import { httpRequest } from '@vigie/collectors'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from './squid.ts'
import { aZoneNetwork, canSeparate, type ZoneNetwork } from './zone-network.ts'

const UAI = '0990001N'
const NOW = new Date('2026-11-22T09:00:00Z')
type Zones = NonNullable<NetworkInput['etablissements'][number]['zones']>
const separable = await canSeparate()

describe.runIf(separable)('zones of a school, by a blackbox exporter in each', () => {
  let school: ZoneNetwork
  beforeAll(async () => {
    school = await aZoneNetwork()
  })
  afterAll(() => school?.close())

  const flowOf = (proves: 'zones' | 'display' | 'byod', target: string) => ({
    proves,
    module: 'tcp',
    target,
    openFrom: ['administrative'],
    closedFrom: ['pedagogique'],
  })
  const exporterOf = (zone: string, url: string, target = school.witness, module = 'tcp') => ({
    zone,
    url,
    control: { module, target },
  })
  const exporters = () => [
    exporterOf('administrative', school.administrative.exporter),
    exporterOf('pedagogique', school.pedagogique.exporter),
  ]
  async function read(zones: Zones) {
    const source = await openSource(
      networkSection,
      {
        name: 'essai',
        pauseMilliseconds: 0,
        probeSeconds: 3,
        etablissements: [{ uai: UAI, zones }],
      },
      '.',
    )
    const run = await source.run({ now: () => NOW, request: httpRequest })
    return {
      run,
      plan: source.plan,
      values: Object.fromEntries(run.evidence.map(({ key, value }) => [key, value])),
    }
  }

  it('are not separated while the console answers from both', async () => {
    const flows = [flowOf('zones', school.console), flowOf('display', school.console)]
    const { values, run } = await read({ exporters: exporters(), flows })
    expect(values).toEqual({ 'network.zones_separated': false, 'display.console_restricted': false })
    expect(run.evidence[0]?.source).toContain('Sondes de la zone pedagogique')
  })

  it('are separated when it answers from the administrative zone only', async () => {
    await school.setClosed(true)
    const flows = (['zones', 'display', 'byod'] as const).map((proves) => flowOf(proves, school.console))
    const { values } = await read({ exporters: exporters(), flows })
    expect(values).toEqual({
      'network.zones_separated': true,
      'display.console_restricted': true,
      'network.byod_separated': true,
    })
  })

  it('prove nothing by an exporter that is down, that reaches nothing, or that lacks the module', async () => {
    const flows = [flowOf('zones', school.console)]
    const administrative = exporterOf('administrative', school.administrative.exporter)
    const broken = [
      [exporterOf('pedagogique', `http://127.0.0.1:${await freePort()}`), 'connexion refusée'],
      [
        exporterOf('pedagogique', school.pedagogique.exporter, school.console),
        'n’atteint pas sa cible témoin',
      ],
      [exporterOf('pedagogique', school.pedagogique.exporter, school.witness, 'absent'), 'module « absent »'],
    ] as const
    for (const [exporter, reason] of broken) {
      const { run } = await read({ exporters: [administrative, exporter], flows })
      expect(run.evidence).toEqual([])
      expect(run.failures).toMatchObject([{ keys: ['network.zones_separated'], uais: [UAI] }])
      expect(run.failures[0]?.reason).toContain(reason)
    }
  })

  it('prove nothing by a console that is off', async () => {
    await school.stopConsole()
    const { run } = await read({ exporters: exporters(), flows: [flowOf('display', school.console)] })
    expect(run.evidence).toEqual([])
    expect(run.failures[0]?.reason).toContain('Vérifiez qu’elle est allumée')
  })

  it('say in their plan what each zone would be asked', async () => {
    const { plan } = await read({ exporters: exporters(), flows: [flowOf('zones', school.console)] })
    expect(plan[0]?.rows).toContainEqual([
      UAI,
      'zone pedagogique',
      new URL(school.pedagogique.exporter).host,
      `${school.console} (tcp) doit être fermé : network.zones_separated`,
    ])
  })
})

describe('a description of zones', () => {
  it('is refused when a flow names a zone without an exporter', async () => {
    const zones = {
      exporters: [{ zone: 'a', url: 'http://127.0.0.1:9115', control: { module: 'tcp', target: 'x:1' } }],
      flows: [{ proves: 'zones', module: 'tcp', target: 'x:1', openFrom: ['a'], closedFrom: ['b'] }],
    } satisfies Zones
    const described = { name: 'essai', etablissements: [{ uai: UAI, zones }] }
    await expect(openSource(networkSection, described, '.')).rejects.toMatchObject({
      code: 'invalid_input',
    })
  })
})
