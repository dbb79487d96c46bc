import type { ServiceScenarios } from './scenario.ts'

export const mcoReg: ServiceScenarios = {
  'MCO-REG-1': {
    compliant: { 'regeneration.configurations': 3 },
    partial: { 'regeneration.configurations': 1 },
    non_compliant: { 'regeneration.configurations': 0 },
  },
  'MCO-REG-2': {
    compliant: { 'regeneration.boot_choice': true },
    non_compliant: { 'regeneration.boot_choice': false },
  },
  'MCO-REG-3': {
    compliant: { 'regeneration.master.age': 60 },
    partial: { 'regeneration.master.age': 120 },
    non_compliant: { 'regeneration.master.age': 700 },
  },
  'MCO-REG-4': {
    compliant: { 'regeneration.remote': true },
    non_compliant: { 'regeneration.remote': false },
  },
  'MCO-REG-5': {
    compliant: { 'regeneration.automated': true },
    non_compliant: { 'regeneration.automated': false },
  },
  'MCO-REG-6': {
    compliant: { 'regeneration.agent_server': true },
    non_compliant: { 'regeneration.agent_server': false },
  },
}
