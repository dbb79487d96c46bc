import type { ServiceScenarios } from './scenario.ts'

export const infSec: ServiceScenarios = {
  'INF-SEC-1': {
    compliant: {
      'parc.workstation.count': 60,
      'parc.workstation.os_supported': 60,
      'backup.encrypted_at_rest': true,
      'network.filtering_active': true,
      'network.access_controlled': true,
      'network.zones_separated': true,
      'network.wifi_networks': 2,
      'network.wifi_secured': 2,
    },
    partial: { 'network.zones_separated': false },
    non_compliant: { 'network.wifi_secured': 1 },
  },
  'INF-SEC-2': {
    compliant: { 'network.bandwidth_saturation': 0.02 },
    partial: { 'network.bandwidth_saturation': 0.1 },
    non_compliant: { 'network.bandwidth_saturation': 0.4 },
  },
  'INF-SEC-4': {
    compliant: { 'network.filtering_methods': 2, 'network.filtering_allowlist_only': false },
    partial: { 'network.filtering_methods': 1 },
    non_compliant: { 'network.filtering_allowlist_only': true },
  },
  'INF-SEC-8': {
    compliant: { 'network.filtering_active': true, 'network.filtering_list_age': 1 },
    partial: { 'network.filtering_list_age': 12 },
    non_compliant: { 'network.filtering_active': false },
  },
  'INF-SEC-12': {
    compliant: { 'network.central_administration': true },
    non_compliant: { 'network.central_administration': false },
  },
}
