import type { Severity } from '#lib/components/incidents/incident-words.ts'

/** From which severity up somebody is told, in plain words. */
export const SEVERITY_CHOICES: readonly { readonly severity: Severity; readonly label: string }[] = [
  { severity: 'info', label: 'Tous les incidents' },
  { severity: 'warning', label: 'Les incidents majeurs et critiques' },
  { severity: 'critical', label: 'Les incidents critiques seulement' },
]
