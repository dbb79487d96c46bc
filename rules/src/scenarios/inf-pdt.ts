import type { EvidenceKey } from '../evidence.ts'
import type { Scenarios, ServiceScenarios } from './scenario.ts'

/** A share of the workstations: all, most, few, and none to count. */
const shareOf = (part: EvidenceKey, whole: EvidenceKey = 'parc.workstation.count'): Scenarios => ({
  compliant: { [whole]: 60, [part]: 60 },
  partial: { [part]: 50 },
  non_compliant: { [part]: 12 },
  not_applicable: { [whole]: 0, [part]: 0 },
})

export const infPdt: ServiceScenarios = {
  'INF-PDT-3': shareOf('parc.workstation.master_conform'),
  'INF-PDT-5': shareOf('parc.workstation.user_without_admin'),
  'INF-PDT-7': shareOf('parc.workstation.login_required'),
  'INF-PDT-8': {
    compliant: {
      'parc.workstation.count': 60,
      'parc.workstation.antivirus_active': 60,
      'parc.workstation.antivirus_uptodate': 58,
    },
    partial: { 'parc.workstation.antivirus_uptodate': 20 },
    non_compliant: { 'parc.workstation.antivirus_active': 40, 'parc.workstation.antivirus_uptodate': 40 },
    not_applicable: {
      'parc.workstation.count': 0,
      'parc.workstation.antivirus_active': 0,
      'parc.workstation.antivirus_uptodate': 0,
    },
  },
  'INF-PDT-9': shareOf('parc.workstation.firewall_active'),
  'INF-PDT-10': shareOf('parc.workstation.autolock'),
  'INF-PDT-11': {
    compliant: {
      'parc.workstation.admin_disk_count': 6,
      'parc.workstation.admin_disk_encrypted': 2,
      'backup.admin_workstation_covered': 1,
    },
    partial: { 'backup.admin_workstation_covered': 0.7 },
    non_compliant: { 'backup.admin_workstation_covered': 0.1 },
    not_applicable: { 'parc.workstation.admin_disk_count': 0, 'parc.workstation.admin_disk_encrypted': 0 },
  },
  'INF-PDT-16': shareOf('parc.workstation.shared_restorable', 'parc.workstation.shared_count'),
  'INF-PDT-17': shareOf('parc.workstation.auto_shutdown', 'parc.workstation.shared_fixed_count'),
}
