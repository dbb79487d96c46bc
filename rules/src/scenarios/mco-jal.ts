import type { ServiceScenarios } from './scenario.ts'

export const mcoJal: ServiceScenarios = {
  'MCO-JAL-1': {
    compliant: { 'logs.structured_ratio': 1 },
    partial: { 'logs.structured_ratio': 0.7 },
    non_compliant: { 'logs.structured_ratio': 0.2 },
  },
  'MCO-JAL-2': {
    compliant: {
      'logs.sources': 4,
      'logs.sources_too_short': 0,
      'logs.sources_too_long': 0,
      'logs.days_until_full': 200,
      'logs.storage_free_ratio': 0.4,
    },
    partial: { 'logs.days_until_full': 5 },
    non_compliant: { 'logs.sources_too_long': 1 },
  },
  'MCO-JAL-3': {
    compliant: { 'logs.external_archive': true },
    non_compliant: { 'logs.external_archive': false },
  },
  'MCO-JAL-7': {
    compliant: { 'logs.access_restricted': true },
    non_compliant: { 'logs.access_restricted': false },
  },
  'MCO-JAL-8': {
    compliant: { 'logs.transport_encrypted': true },
    non_compliant: { 'logs.transport_encrypted': false },
  },
}
