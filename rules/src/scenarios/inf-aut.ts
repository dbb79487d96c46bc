import type { ServiceScenarios } from './scenario.ts'

export const infAut: ServiceScenarios = {
  'INF-AUT-1': {
    compliant: {
      'auth.login_required': true,
      'parc.workstation.count': 60,
      'parc.workstation.login_required': 60,
    },
    partial: { 'parc.workstation.login_required': 30 },
    non_compliant: { 'auth.login_required': false },
  },
  'INF-AUT-2': {
    compliant: { 'auth.strong_available': true },
    non_compliant: { 'auth.strong_available': false },
  },
  'INF-AUT-3': { compliant: { 'auth.sso': true }, non_compliant: { 'auth.sso': false } },
  'INF-AUT-4': {
    compliant: { 'parc.workstation.shared_count': 40, 'parc.workstation.shared_user_visible': 40 },
    partial: { 'parc.workstation.shared_user_visible': 25 },
    non_compliant: { 'parc.workstation.shared_user_visible': 3 },
    not_applicable: { 'parc.workstation.shared_count': 0, 'parc.workstation.shared_user_visible': 0 },
  },
  'INF-AUT-6': {
    compliant: { 'auth.password_min_length': 12 },
    partial: { 'auth.password_min_length': 9 },
    non_compliant: { 'auth.password_min_length': 6 },
  },
  'INF-AUT-7': {
    compliant: {
      'auth.password_change_first_login': true,
      'directory.accounts': 612,
      'directory.never_changed_passwords': 40,
    },
    partial: { 'directory.never_changed_passwords': 500 },
    non_compliant: { 'auth.password_change_first_login': false },
  },
  'INF-AUT-8': {
    compliant: { 'auth.password_max_age': 180 },
    partial: { 'auth.password_max_age': 700 },
    non_compliant: { 'auth.password_max_age': 0 },
  },
  'INF-AUT-10': {
    compliant: { 'auth.password_cleartext_count': 0 },
    non_compliant: { 'auth.password_cleartext_count': 1 },
  },
  'INF-AUT-12': {
    compliant: { 'mobile.individual_count': 30, 'mobile.biometric_local': 30 },
    partial: { 'mobile.biometric_local': 28 },
    non_compliant: { 'mobile.biometric_local': 20 },
    not_applicable: { 'mobile.individual_count': 0, 'mobile.biometric_local': 0 },
  },
  'INF-AUT-13': {
    compliant: { 'auth.attempts_logged_ratio': 1 },
    partial: { 'auth.attempts_logged_ratio': 0.95 },
    non_compliant: { 'auth.attempts_logged_ratio': 0.4 },
  },
}
