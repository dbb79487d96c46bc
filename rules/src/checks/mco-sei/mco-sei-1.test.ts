import { describe, expect, it } from 'vitest'
import { mcoSei1 } from './mco-sei-1.ts'

describe('MCO-SEI-1', () => {
  it.each([
    [
      'everything measured and answering',
      {
        'supervision.targets': 10,
        'supervision.targets_up': 10,
        'supervision.disk_metrics': true,
        'supervision.bandwidth_metrics': true,
      },
      'compliant',
      '10 équipements et services supervisés sur 10 (100 %) répondent ; disques et débit sont mesurés.',
    ],
    [
      'exactly half answering',
      {
        'supervision.targets': 10,
        'supervision.targets_up': 5,
        'supervision.disk_metrics': true,
        'supervision.bandwidth_metrics': true,
      },
      'compliant',
      '(50 %)',
    ],
    [
      'less than half answering',
      {
        'supervision.targets': 10,
        'supervision.targets_up': 4,
        'supervision.disk_metrics': true,
        'supervision.bandwidth_metrics': true,
      },
      'partial',
      'l’état remonté est trop incomplet',
    ],
    [
      'disks unmeasured',
      {
        'supervision.targets': 10,
        'supervision.targets_up': 10,
        'supervision.disk_metrics': false,
        'supervision.bandwidth_metrics': true,
      },
      'partial',
      'mais rien ne mesure l’occupation des disques.',
    ],
    [
      'neither measured, one answering',
      {
        'supervision.targets': 1,
        'supervision.targets_up': 1,
        'supervision.disk_metrics': false,
        'supervision.bandwidth_metrics': false,
      },
      'partial',
      '1 équipement ou service supervisé sur 1 (100 %) répond, mais rien ne mesure l’occupation des disques et le débit du réseau.',
    ],
    [
      'nothing supervised',
      {
        'supervision.targets': 0,
        'supervision.targets_up': 0,
        'supervision.disk_metrics': true,
        'supervision.bandwidth_metrics': true,
      },
      'non_compliant',
      'Aucun équipement ni service',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = mcoSei1.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
