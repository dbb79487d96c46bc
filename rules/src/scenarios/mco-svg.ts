import type { ServiceScenarios } from './scenario.ts'

export const mcoSvg: ServiceScenarios = {
  'MCO-SVG-1': {
    compliant: { 'backup.last_success_age': 9, 'backup.success_ratio_30d': 0.97 },
    partial: { 'backup.success_ratio_30d': 0.7 },
    non_compliant: { 'backup.last_success_age': 400 },
  },
  'MCO-SVG-2': {
    compliant: { 'backup.schedule_interval': 24, 'backup.last_success_age': 9 },
    partial: { 'backup.last_success_age': 90 },
    non_compliant: { 'backup.schedule_interval': 0 },
  },
  'MCO-SVG-3': {
    compliant: { 'backup.versions_kept': 14 },
    non_compliant: { 'backup.versions_kept': 1 },
  },
  'MCO-SVG-4': {
    compliant: { 'backup.removable_offsite': true },
    non_compliant: { 'backup.removable_offsite': false },
  },
  'MCO-SVG-5': {
    compliant: { 'backup.remote_copy': true },
    non_compliant: { 'backup.remote_copy': false },
  },
  'MCO-SVG-6': {
    compliant: { 'backup.centralised': true },
    non_compliant: { 'backup.centralised': false },
  },
  'MCO-SVG-7': {
    compliant: { 'parc.workstation.admin_disk_count': 6, 'backup.admin_workstation_covered': 1 },
    partial: { 'backup.admin_workstation_covered': 0.7 },
    non_compliant: { 'backup.admin_workstation_covered': 0.1 },
    not_applicable: { 'parc.workstation.admin_disk_count': 0 },
  },
  'MCO-SVG-8': {
    compliant: { 'backup.restore_test_age': 40 },
    partial: { 'backup.restore_test_age': 250 },
    non_compliant: { 'backup.restore_test_age': 700 },
  },
  'MCO-SVG-12': {
    compliant: { 'backup.encrypted_in_transit': true },
    non_compliant: { 'backup.encrypted_in_transit': false },
  },
  'MCO-SVG-13': { compliant: { 'backup.logged': true }, non_compliant: { 'backup.logged': false } },
}
