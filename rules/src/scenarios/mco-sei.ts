import type { ServiceScenarios } from './scenario.ts'

export const mcoSei: ServiceScenarios = {
  'MCO-SEI-1': {
    compliant: {
      'supervision.targets': 8,
      'supervision.targets_up': 7,
      'supervision.disk_metrics': true,
      'supervision.bandwidth_metrics': true,
    },
    partial: { 'supervision.disk_metrics': false },
    non_compliant: { 'supervision.targets': 0, 'supervision.targets_up': 0 },
  },
  'MCO-SEI-2': {
    compliant: {
      'supervision.alerting': true,
      'supervision.probe_success_ratio': 0.99,
      'supervision.availability_30d': 0.99,
      'incident.due_12m': 10,
      'incident.resolved_in_time_12m': 10,
    },
    partial: { 'supervision.availability_30d': 0.9 },
    non_compliant: { 'supervision.alerting': false },
  },
  'MCO-SEI-3': {
    compliant: { 'incident.requests_due_12m': 20, 'incident.requests_answered_12m': 20 },
    partial: { 'incident.requests_answered_12m': 16 },
    non_compliant: { 'incident.requests_answered_12m': 2 },
    not_applicable: { 'incident.requests_due_12m': 0, 'incident.requests_answered_12m': 0 },
  },
  'MCO-SEI-4': {
    compliant: { 'supervision.remote_admin': true },
    non_compliant: { 'supervision.remote_admin': false },
  },
  'MCO-SEI-5': {
    compliant: { 'supervision.services_measured': 4 },
    partial: { 'supervision.services_measured': 1 },
    non_compliant: { 'supervision.services_measured': 0 },
  },
  'MCO-SEI-6': {
    compliant: { 'supervision.dashboard': true },
    non_compliant: { 'supervision.dashboard': false },
  },
  'MCO-SEI-8': {
    compliant: { 'supervision.aggregated': true },
    non_compliant: { 'supervision.aggregated': false },
  },
  'MCO-SEI-9': {
    compliant: { 'supervision.access_authenticated': true },
    non_compliant: { 'supervision.access_authenticated': false },
  },
  'MCO-SEI-10': {
    compliant: { 'supervision.strong_authentication': true },
    non_compliant: { 'supervision.strong_authentication': false },
  },
}
