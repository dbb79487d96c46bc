import { readFileSync } from 'node:fs'
import type { PlannedMachine } from './plan/machines.ts'
import { serverAddress } from './supervision/watched-services.ts'

type Json = Record<string, unknown>
type Content = Record<string, Json | Json[]>

const template = (name: string): string =>
  readFileSync(new URL(`../../../demonstration/${name}`, import.meta.url), 'utf8')

const DAY_MS = 86_400_000
const dayBefore = (at: Date, days: number) =>
  new Date(at.getTime() - days * DAY_MS).toISOString().slice(0, 10)

/** How a machine is kept: `luck` against the establishment's quality, from best to worst. */
function healthOf({ luck }: PlannedMachine, quality: number) {
  return {
    supported: luck < quality + 0.1,
    protectedByAntivirus: luck < quality + 0.2,
    upToDate: luck < quality + 0.05,
    firewall: luck < quality + 0.15,
    encrypted: luck < quality - 0.2,
    daysSinceUpdate: luck < quality ? 9 : 130,
  }
}

/**
 * What the inventory agent of a machine sends, from the recorded exchanges. In: the machine, the instant, and how well
 * its establishment keeps its machines (0 to 1). Out: the message's bytes, JSON (GLPI) or XML (FusionInventory).
 */
export function inventoryMessage(machine: PlannedMachine, at: Date, quality: number): Uint8Array {
  return Buffer.from(
    machine.kind === 'server' ? serverXml(machine, quality) : workstationJson(machine, at, quality),
  )
}

function serverXml(machine: PlannedMachine, quality: number): string {
  const { supported, firewall } = healthOf(machine, quality)
  const values: Record<string, string> = {
    ...machine,
    laptop: '',
    administrative: '',
    address: serverAddress(machine.uai),
    luck: '',
    firewall: firewall ? 'on' : 'off',
    osName: supported ? 'Debian GNU/Linux 12 (bookworm)' : 'Debian GNU/Linux 10 (buster)',
    osVersion: supported ? '12.11' : '10.13',
  }
  return template('serveur-linux.xml').replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '')
}

function workstationJson(machine: PlannedMachine, at: Date, quality: number): string {
  const message = JSON.parse(template(`poste-${machine.kind}.json`)) as {
    deviceid: string
    tag: string
    content: Content
  }
  const { content } = message
  const { name, manufacturer, model, serial, uuid, biosDate, laptop } = machine
  message.deviceid = `${name}-2026-01-05-08-00-00`
  message.tag = machine.uai
  content['bios'] = { bdate: biosDate, smanufacturer: manufacturer, smodel: model, ssn: serial }
  content['hardware'] = {
    ...content['hardware'],
    name,
    uuid,
    memory: 8192,
    chassis_type: laptop ? 'Notebook' : 'Desktop',
  }
  content['operatingsystem'] = {
    ...content['operatingsystem'],
    fqdn: name,
    boot_time: `${dayBefore(at, 1)} 07:41:12`,
  }
  content['networks'] = []
  content['storages'] = content['storages'] ?? []
  if (machine.kind === 'windows') keepWindows(content, machine, at, quality)
  else keepLinux(content, machine, quality)
  return JSON.stringify(message)
}

function keepWindows(content: Content, machine: PlannedMachine, at: Date, quality: number): void {
  const health = healthOf(machine, quality)
  if (!health.supported)
    content['operatingsystem'] = {
      ...content['operatingsystem'],
      full_name: 'Microsoft Windows 10 Éducation',
      kernel_version: '10.0.19045',
      version: '22H2',
    }
  content['antivirus'] = [
    {
      name: 'Windows Defender',
      enabled: health.protectedByAntivirus,
      uptodate: health.upToDate,
      version: '4.18',
    },
  ]
  content['firewalls'] = ['DomainProfile', 'StandardProfile', 'PublicProfile'].map((profile) => ({
    profile,
    status: health.firewall ? 'on' : 'off',
  }))
  content['drives'] = list(content['drives']).map((drive) => ({
    ...drive,
    encrypt_status: health.encrypted ? 'Yes' : 'No',
  }))
  content['softwares'] = list(content['softwares']).map((software) =>
    'release_type' in software
      ? { ...software, install_date: dayBefore(at, health.daysSinceUpdate) }
      : software,
  )
}

function keepLinux(content: Content, machine: PlannedMachine, quality: number): void {
  const health = healthOf(machine, quality)
  content['firewalls'] = [{ description: 'ufw', status: health.firewall ? 'on' : 'off' }]
  if (health.encrypted)
    content['drives'] = list(content['drives']).map((drive) => ({
      ...drive,
      encrypt_name: 'LUKS2',
      encrypt_status: 'Yes',
    }))
}

const list = (section: Json | Json[] | undefined): Json[] =>
  Array.isArray(section) ? section : section ? [section] : []
