import type { ServiceScenarios } from './scenario.ts'

export const infAnn: ServiceScenarios = {
  'INF-ANN-1': {
    compliant: {
      'auth.login_required': true,
      'directory.anonymous_bind': false,
      'directory.accounts': 612,
      'directory.shared_accounts': 0,
    },
    partial: { 'directory.shared_accounts': 4 },
    non_compliant: { 'directory.anonymous_bind': true },
  },
  'INF-ANN-2': {
    compliant: { 'directory.standard_queries': true },
    non_compliant: { 'directory.standard_queries': false },
  },
  'INF-ANN-3': {
    compliant: { 'directory.sync_age': 9 },
    partial: { 'directory.sync_age': 90 },
    non_compliant: { 'directory.sync_age': 400 },
  },
  'INF-ANN-4': {
    compliant: { 'directory.audit_enabled': true },
    non_compliant: { 'directory.audit_enabled': false },
  },
  'INF-ANN-5': {
    compliant: { 'directory.transport_encrypted': true, 'directory.cleartext_bind': false },
    partial: { 'directory.cleartext_bind': true },
    non_compliant: { 'directory.transport_encrypted': false },
  },
  'INF-ANN-6': {
    compliant: { 'directory.unneeded_attributes': 0 },
    non_compliant: { 'directory.unneeded_attributes': 3 },
  },
  'INF-ANN-8': {
    compliant: { 'directory.private_attributes': 0 },
    non_compliant: { 'directory.private_attributes': 2 },
  },
}
