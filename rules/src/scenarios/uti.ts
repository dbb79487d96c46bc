import type { ServiceScenarios } from './scenario.ts'

export const uti: ServiceScenarios = {
  'UTI-ESF-9': {
    compliant: { 'backup.server_covered': 1, 'backup.last_success_age': 9 },
    partial: { 'backup.server_covered': 0.7 },
    non_compliant: { 'backup.last_success_age': 400 },
  },
  'UTI-ESF-10': {
    compliant: { 'backup.data_verified_age': 12, 'backup.check_passed': true },
    partial: { 'backup.data_verified_age': 90 },
    non_compliant: { 'backup.data_verified_age': 400 },
  },
  'UTI-ESF-13': {
    compliant: { 'parc.workstation.admin_disk_count': 6, 'parc.workstation.admin_disk_encrypted': 6 },
    partial: { 'parc.workstation.admin_disk_encrypted': 4 },
    non_compliant: { 'parc.workstation.admin_disk_encrypted': 0 },
    not_applicable: { 'parc.workstation.admin_disk_count': 0, 'parc.workstation.admin_disk_encrypted': 0 },
  },
  'UTI-MSG-1': {
    compliant: { 'mail.client_access': true, 'mail.web_access': true },
    partial: { 'mail.client_access': false },
    non_compliant: { 'mail.client_access': false, 'mail.web_access': false },
  },
  'UTI-MSG-3': {
    compliant: { 'directory.private_mail_students': 0 },
    non_compliant: { 'directory.private_mail_students': 8 },
  },
  'UTI-MSG-4': {
    compliant: { 'mail.spam_filter': true, 'mail.virus_filter': true },
    partial: { 'mail.virus_filter': false },
    non_compliant: { 'mail.spam_filter': false, 'mail.virus_filter': false },
  },
  'UTI-MSG-8': {
    compliant: { 'mail.external_forwarding': 0 },
    non_compliant: { 'mail.external_forwarding': 2 },
  },
  'UTI-MSG-9': {
    compliant: { 'directory.private_mail_students': 0, 'directory.private_mail_staff': 0 },
    partial: { 'directory.private_mail_staff': 3 },
    non_compliant: { 'directory.private_mail_students': 8, 'directory.private_mail_staff': 3 },
  },
  'UTI-MSG-15': {
    compliant: { 'mail.sent': 900, 'mail.sent_authored': 900 },
    partial: { 'mail.sent_authored': 850 },
    non_compliant: { 'mail.sent_authored': 100 },
    not_applicable: { 'mail.sent': 0, 'mail.sent_authored': 0 },
  },
  'UTI-PUB-4': {
    compliant: { 'publication.site_up': true },
    non_compliant: { 'publication.site_up': false },
  },
  'UTI-PUB-8': {
    compliant: { 'publication.login_required': true },
    non_compliant: { 'publication.login_required': false },
  },
}
