export type Severity = 'critical' | 'warning' | 'info'
export type IncidentState = 'open' | 'acknowledged' | 'resolved'

export const SEVERITIES: readonly Severity[] = ['critical', 'warning', 'info']

export const SEVERITY_MEANINGS: Readonly<Record<Severity, string>> = {
  critical: 'Un service est arrêté, ou une attaque est en cours : agir tout de suite.',
  warning: 'Le service tient, mais cela ne durera pas : agir dans la journée.',
  info: 'Rien n’est en panne : à traiter quand le reste l’est.',
}

export const STATE_MEANINGS: Readonly<Record<IncidentState, string>> = {
  open: 'Personne ne s’en occupe encore.',
  acknowledged: 'Quelqu’un l’a vu et s’en occupe.',
  resolved: 'C’est terminé. L’incident peut être rouvert si cela recommence.',
}

/** One sign per severity, in a square of 16: never the colour alone. */
export const SEVERITY_SIGNS: Readonly<Record<Severity, string>> = {
  critical: 'M5.500 2h5L14 5.500v5L10.500 14h-5L2 10.500v-5ZM8 4.900v3.600M8 11v.1',
  warning: 'M8 2.500 14.300 13.500H1.700ZM8 6.500v3M8 11.500v.1',
  info: 'M8 2.200a5.800 5.800 0 1 1 0 11.600A5.800 5.800 0 0 1 8 2.200ZM8 7.500v3.300M8 5.100v.1',
}

export const STATE_SIGNS: Readonly<Record<IncidentState, string>> = {
  open: 'M8 2.300a5.700 5.700 0 1 1 0 11.400A5.700 5.700 0 0 1 8 2.300Z',
  acknowledged:
    'M8 2.600a2.600 2.600 0 1 1 0 5.200 2.600 2.600 0 0 1 0-5.200ZM3 13.600c.4-2.800 2.300-4 5-4s4.600 1.200 5 4',
  resolved: 'M2.500 8.600 6.300 12.400 13.600 4',
}
