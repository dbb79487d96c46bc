import type { ServiceScenarios } from './scenario.ts'

export const infDif: ServiceScenarios = {
  'INF-DIF-1': {
    compliant: { 'display.console_login_required': true, 'display.console_restricted': true },
    partial: { 'display.console_restricted': false },
    non_compliant: { 'display.console_login_required': false },
  },
  'INF-DIF-4': {
    compliant: { 'display.console_strong': true },
    non_compliant: { 'display.console_strong': false },
  },
}
