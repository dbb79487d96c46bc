import type { AlertDefinition } from '../rule.ts'

export const journalBroken: AlertDefinition = {
  name: 'JournalBroken',
  expr: 'min(journal_whole) == 0',
  for: null,
  severity: 'critical',
  service: 'INF-AUT',
  requirement: 'INF-AUT-13',
  summary: 'Le journal est rompu',
  description:
    'La dernière vérification du journal a trouvé une rupture : une entrée manque, ou elle a été modifiée.',
  observes: ['min(journal_whole)'],
  fires: [
    {
      name: 'a verification found a break',
      interval: '10s',
      series: {
        'journal_whole{instance="a"}': '1x5 0x10',
        'journal_whole{instance="b"}': '1x5 0x10',
      },
      at: '1m30s',
      alerts: [{}],
    },
  ],
  silent: [
    { name: 'the journal is whole', interval: '10s', series: { journal_whole: '1x20' }, at: '2m' },
    { name: 'nothing was verified yet', interval: '10s', series: { 'up{job="vigie"}': '1x20' }, at: '2m' },
  ],
}
