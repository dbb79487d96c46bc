import type { TargetModule } from '@vigie/db/schema'

export const TARGET_MODULES = [
  'node',
  'http',
  'icmp',
  'tcp',
  'dns',
  'snmp',
] as const satisfies readonly TargetModule[]

export interface ModuleWording {
  readonly label: string
  /** What it watches, and what its address looks like. */
  readonly help: string
  readonly example: string
  /** Port taken when the address names none; null when the module has no port, or wants it named. */
  readonly defaultPort: number | null
}

export const MODULES: Readonly<Record<TargetModule, ModuleWording>> = {
  node: {
    label: 'Serveur (node_exporter)',
    help: 'Disques, mémoire et débit d’un serveur qui porte node_exporter. Adresse : machine, et port s’il n’est pas 9100.',
    example: 'serveur.college.exemple.fr:9100',
    defaultPort: 9_100,
  },
  http: {
    label: 'Site ou application web',
    help: 'Un site répond, sans suivre ses redirections. Adresse complète, en http ou https, sans compte ni paramètre.',
    example: 'https://www.college.exemple.fr/',
    defaultPort: null,
  },
  icmp: {
    label: 'Machine (ping)',
    help: 'Une machine répond au réseau. Adresse : la machine seule, sans port.',
    example: '10.20.30.1',
    defaultPort: null,
  },
  tcp: {
    label: 'Service réseau (TCP)',
    help: 'Un port accepte les connexions. Adresse : machine et port.',
    example: 'serveur.college.exemple.fr:445',
    defaultPort: null,
  },
  dns: {
    label: 'Serveur de noms (DNS)',
    help: 'Un serveur de noms résout un nom public. Adresse : le serveur, et port s’il n’est pas 53.',
    example: '10.20.30.2',
    defaultPort: 53,
  },
  snmp: {
    label: 'Équipement réseau (SNMP)',
    help: 'Interfaces et débit d’un commutateur ou d’un routeur. Adresse : l’équipement, et port s’il n’est pas 161.',
    example: '10.20.30.254',
    defaultPort: 161,
  },
}
