import type { EvidenceKey } from '../evidence.ts'
import type { Scenarios, ServiceScenarios } from './scenario.ts'

/** A share of the machines: all, most, few, and none to count. */
const shareOf = (part: EvidenceKey): Scenarios => ({
  compliant: { 'parc.machine.count': 80, [part]: 80 },
  partial: { [part]: 60 },
  non_compliant: { [part]: 4 },
  not_applicable: { 'parc.machine.count': 0, [part]: 0 },
})

export const mcoPar: ServiceScenarios = {
  'MCO-PAR-1': {
    compliant: { 'parc.machine.count': 80, 'parc.machine.reporting_30d': 78 },
    partial: { 'parc.machine.reporting_30d': 60 },
    non_compliant: { 'parc.machine.count': 0, 'parc.machine.reporting_30d': 0 },
  },
  'MCO-PAR-2': shareOf('parc.machine.categorised'),
  'MCO-PAR-3': shareOf('parc.machine.searchable'),
  'MCO-PAR-4': shareOf('parc.machine.linked_to_supervision'),
  'MCO-PAR-5': shareOf('parc.machine.cost_known'),
  'MCO-PAR-6': {
    compliant: { 'parc.reservation_open': true },
    non_compliant: { 'parc.reservation_open': false },
  },
  'MCO-PAR-7': { compliant: { 'parc.loans_tracked': true }, non_compliant: { 'parc.loans_tracked': false } },
  'MCO-PAR-8': {
    compliant: { 'parc.discovery.last_scan_age': 2, 'parc.network_device.count': 9 },
    partial: { 'parc.discovery.last_scan_age': 20 },
    non_compliant: { 'parc.discovery.last_scan_age': 90 },
  },
  'MCO-PAR-9': {
    compliant: { 'parc.discovery.last_scan_age': 2, 'parc.discovery.unknown_devices': 3 },
    partial: { 'parc.discovery.last_scan_age': 20 },
    non_compliant: { 'parc.discovery.last_scan_age': 90 },
  },
  'MCO-PAR-10': {
    compliant: { 'parc.dashboard_available': true },
    non_compliant: { 'parc.dashboard_available': false },
  },
  'MCO-PAR-11': {
    compliant: { 'parc.retired.count': 6, 'parc.retired.documented': 6 },
    partial: { 'parc.retired.documented': 5 },
    non_compliant: { 'parc.retired.documented': 1 },
    not_applicable: { 'parc.retired.count': 0, 'parc.retired.documented': 0 },
  },
  'MCO-PAR-12': {
    compliant: { 'network.byod_separated': true },
    non_compliant: { 'network.byod_separated': false },
  },
  'MCO-PAR-13': shareOf('parc.machine.software_known'),
}
