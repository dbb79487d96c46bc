/**
 * Registry of evidence keys. A key is declared here once: every way in validates against it,
 * every check names its needs from it.
 */
export type EvidenceType = 'number' | 'boolean' | 'text'
export type EvidenceValue = number | boolean | string

/** `technical`: figures about systems; `personal`: could point to a person, never accepted from outside. */
export type PrivacyClass = 'technical' | 'personal'

export interface EvidenceDefinition {
  readonly type: EvidenceType
  /** UCUM-like unit shown with the figure: '1' is a plain count or ratio. */
  readonly unit: '1' | 'd' | 'h' | 's' | 'By' | 'ratio' | 'bool' | 'text'
  /** Hours after `observedAt` during which the observation proves something. */
  readonly freshnessHours: number
  readonly privacy: PrivacyClass
  /** What was measured, in French, as a screen says it. */
  readonly label: string
  /** Inclusive bounds of a number. */
  readonly min?: number
  readonly max?: number
  /** Allowed values of a text. */
  readonly values?: readonly string[]
}

type NumberDefinition = EvidenceDefinition & { readonly type: 'number' }
type BooleanDefinition = EvidenceDefinition & { readonly type: 'boolean' }

const DAY = 24
const count = (label: string, freshnessDays = 45): NumberDefinition => ({
  type: 'number',
  unit: '1',
  freshnessHours: freshnessDays * DAY,
  privacy: 'technical',
  label,
  min: 0,
})
const ratio = (label: string, freshnessDays = 45): NumberDefinition => ({
  type: 'number',
  unit: 'ratio',
  freshnessHours: freshnessDays * DAY,
  privacy: 'technical',
  label,
  min: 0,
  max: 1,
})
const days = (label: string, freshnessDays: number): NumberDefinition => ({
  type: 'number',
  unit: 'd',
  freshnessHours: freshnessDays * DAY,
  privacy: 'technical',
  label,
  min: 0,
})
const hours = (label: string, freshnessDays: number): NumberDefinition => ({
  type: 'number',
  unit: 'h',
  freshnessHours: freshnessDays * DAY,
  privacy: 'technical',
  label,
  min: 0,
})
const flag = (label: string, freshnessDays: number): BooleanDefinition => ({
  type: 'boolean',
  unit: 'bool',
  freshnessHours: freshnessDays * DAY,
  privacy: 'technical',
  label,
})

export const EVIDENCE = {
  // Parc: derived from the inventory agents
  'parc.machine.count': count('Machines connues dans le parc'),
  'parc.machine.reporting_30d': count('Machines vues par un agent depuis 30 jours'),
  'parc.machine.categorised': count('Machines dont le type, le fabricant et le modèle sont connus'),
  'parc.machine.dated': count('Machines dont l’âge est connu'),
  'parc.machine.over_7_years': count('Machines de plus de 7 ans'),
  'parc.machine.software_known': count('Machines dont les logiciels sont inventoriés'),
  'parc.machine.linked_to_supervision': count('Machines rattachées à la supervision'),
  'parc.network_device.count': count('Équipements réseau découverts'),
  'parc.discovery.last_scan_age': days('Âge de la dernière découverte du réseau', 45),
  'parc.discovery.unknown_devices': count('Équipements connectés absents du parc'),
  'parc.workstation.count': count('Postes de travail connus'),
  'parc.workstation.antivirus_active': count('Postes avec un antivirus actif'),
  'parc.workstation.antivirus_uptodate': count('Postes avec un antivirus à jour'),
  'parc.workstation.firewall_active': count('Postes avec un pare-feu individuel actif'),
  'parc.workstation.admin_disk_count': count('Postes de l’administration'),
  'parc.workstation.admin_disk_encrypted': count('Postes de l’administration au disque chiffré'),
  'parc.workstation.os_supported': count('Postes dont le système reçoit encore des correctifs'),
  'parc.workstation.updated_60d': count('Postes mis à jour depuis moins de 60 jours'),
  'parc.workstation.master_conform': count('Postes conformes à leur image de référence'),
  'parc.workstation.user_without_admin': count('Postes dont l’utilisateur courant n’est pas administrateur'),
  'parc.workstation.autolock': count('Postes qui se verrouillent après inactivité'),
  'parc.workstation.login_required': count('Postes dont l’ouverture de session est authentifiée'),
  'parc.workstation.auto_shutdown': count('Postes fixes partagés éteints automatiquement le soir'),
  'parc.workstation.shared_count': count('Postes partagés'),
  'parc.workstation.shared_fixed_count': count('Postes fixes partagés'),
  'parc.workstation.shared_restorable': count('Postes partagés pris en charge par la régénération'),
  'parc.workstation.shared_user_visible': count('Postes partagés qui affichent qui a ouvert la session'),
  'parc.machine.searchable': count(
    'Machines que l’inventaire retrouve par nom, numéro de série, type et modèle',
  ),
  'parc.machine.cost_known': count('Machines dont la date et le prix d’achat sont connus'),
  'parc.reservation_open': flag('Réservation de matériel ouverte dans l’outil de gestion de parc', 90),
  'parc.loans_tracked': flag('Prêts de matériel suivis dans l’outil de gestion de parc', 90),
  'parc.dashboard_available': flag(
    'Tableau de bord du matériel à la disposition du chef d’établissement',
    45,
  ),
  'parc.retired.count': count('Machines mises au rebut', 45),
  'parc.retired.documented': count('Mises au rebut dont la filière est enregistrée', 45),
  'mobile.individual_count': count('Mobiles individuels gérés', 90),
  'mobile.biometric_local': count('Mobiles dont la donnée biométrique ne quitte pas le terminal', 90),
  // Régénération
  'regeneration.configurations': count('Configurations conservées pour les postes', 90),
  'regeneration.boot_choice': flag('Choix de la configuration au démarrage du poste', 180),
  'regeneration.agent_server': flag('Agent sur le poste et serveur de configurations', 180),
  'regeneration.master.age': days('Âge de la dernière mise à jour des images de référence', 45),
  'regeneration.automated': flag('Régénération menée sans intervention une fois lancée', 180),
  'regeneration.remote': flag('Régénération déclenchable à distance', 180),
  // Sauvegarde
  'backup.last_success_age': hours('Âge de la dernière sauvegarde réussie', 3),
  'backup.schedule_interval': hours('Intervalle entre deux sauvegardes planifiées (0 : aucune)', 45),
  'backup.success_ratio_30d': ratio('Part des sauvegardes réussies sur 30 jours', 8),
  'backup.versions_kept': count('Versions restaurables', 8),
  'backup.remote_copy': flag('Copie conservée hors du site', 45),
  'backup.centralised': flag('Sauvegarde pilotée par une solution centralisée', 90),
  'backup.encrypted_in_transit': flag('Flux de sauvegarde chiffrés et contrôlés', 45),
  'backup.encrypted_at_rest': flag('Sauvegardes chiffrées au repos', 45),
  'backup.logged': flag('Sauvegardes et restaurations journalisées', 45),
  'backup.restore_test_age': days('Âge du dernier test de restauration réussi', 45),
  'backup.admin_workstation_covered': ratio('Part des postes de l’administration sauvegardés', 45),
  'backup.removable_offsite': flag('Supports de sauvegarde rangés sur un autre site', 90),
  'backup.server_covered': ratio('Part des serveurs de l’établissement sauvegardés', 45),
  'backup.data_verified_age': days('Âge de la dernière relecture complète des données sauvegardées', 45),
  'backup.check_passed': flag('Dernière vérification des sauvegardes sans erreur', 45),
  // Journaux
  'logs.sources': count('Sources de journaux attendues', 8),
  'logs.sources_too_short': count('Sources conservées moins longtemps que la durée légale', 8),
  'logs.sources_too_long': count('Sources conservées plus longtemps que la durée légale', 8),
  'logs.continuity_ratio': ratio('Part des heures où chaque source attendue a donné signe de vie', 8),
  'logs.structured_ratio': ratio('Part des messages au format normalisé', 8),
  'logs.retention': days('Durée de conservation constatée des journaux', 8),
  'logs.storage_free_ratio': ratio('Espace libre du stockage des journaux', 3),
  'logs.days_until_full': days('Jours avant saturation du stockage des journaux', 3),
  'logs.external_archive': flag('Archivage des journaux sur un support externe', 90),
  'logs.transport_encrypted': flag('Transport des journaux chiffré et authentifié', 8),
  'logs.access_restricted': flag('Accès aux journaux réservé aux administrateurs techniques', 90),
  // Supervision
  'supervision.targets': count('Équipements et services supervisés', 3),
  'supervision.targets_up': count('Équipements et services qui répondent', 3),
  'supervision.probe_success_ratio': ratio('Part des sondes réussies', 3),
  'supervision.availability_30d': ratio('Disponibilité du service le moins disponible sur 30 jours', 3),
  'supervision.disk_free_ratio': ratio('Espace libre du disque le plus rempli', 3),
  'supervision.bandwidth_used_ratio': ratio('Part occupée du débit du réseau', 3),
  'supervision.disk_metrics': flag('Occupation des disques mesurée', 3),
  'supervision.bandwidth_metrics': flag('Débit réseau mesuré', 3),
  'supervision.alerting': flag('Règles d’alerte chargées et actives', 8),
  'supervision.dashboard': flag('Tableau de bord tenu à jour pour l’établissement', 45),
  'supervision.services_measured': count('Services CARINE dont la disponibilité est mesurée', 8),
  'supervision.remote_admin': flag('Administration à distance en service', 45),
  'supervision.access_authenticated': flag(
    'Accès à la supervision authentifié et réservé aux personnes autorisées',
    45,
  ),
  'supervision.strong_authentication': flag('Accès à la supervision par authentification forte', 45),
  'supervision.aggregated': flag('Données de supervision sans information nominative', 45),
  // Incidents et demandes : comptés dans la file de Vigie, ou dans un autre outil
  'incident.due_12m': count('Incidents terminés ou hors délai, ouverts depuis 12 mois', 8),
  'incident.resolved_in_time_12m': count('Incidents terminés dans le délai, ouverts depuis 12 mois', 8),
  'incident.requests_due_12m': count('Demandes closes ou hors délai, déposées depuis 12 mois', 8),
  'incident.requests_answered_12m': count('Demandes closes dans le délai, déposées depuis 12 mois', 8),
  // Authentification
  'auth.login_required': flag('Authentification exigée avant tout accès', 45),
  'auth.strong_available': flag('Authentification forte proposée pour les ressources sensibles', 90),
  'auth.sso': flag('Authentification unique en service', 90),
  'auth.password_min_length': count('Longueur minimale des mots de passe', 45),
  'auth.password_change_first_login': flag('Changement du mot de passe imposé à la première connexion', 45),
  'auth.password_max_age': days('Durée de vie maximale des mots de passe (0 : illimitée)', 45),
  'auth.password_cleartext_count': count('Mots de passe conservés en clair', 45),
  'auth.attempts_logged_ratio': ratio('Part des tentatives de connexion journalisées', 8),
  // Annuaire
  'directory.anonymous_bind': flag('Annuaire lisible sans s’identifier', 45),
  'directory.standard_queries': flag('Interrogation de l’annuaire par un protocole standard', 45),
  'directory.sync_age': hours('Âge de la dernière synchronisation de l’annuaire', 8),
  'directory.audit_enabled': flag('Modifications de l’annuaire journalisées', 45),
  'directory.transport_encrypted': flag('Flux de l’annuaire chiffrés', 45),
  'directory.private_attributes': count('Attributs de vie privée renseignés dans l’annuaire', 45),
  'directory.shared_accounts': count('Comptes partagés ou génériques', 45),
  'directory.accounts': count('Comptes de l’annuaire'),
  'directory.cleartext_bind': flag('Annuaire acceptant un mot de passe en clair sur le réseau', 45),
  'directory.certificate_days': days('Jours de validité restants du certificat de l’annuaire', 8),
  'directory.unneeded_attributes': count('Attributs importés dont l’annuaire n’a pas l’usage'),
  'directory.never_changed_passwords': count('Comptes dont le mot de passe n’a jamais changé'),
  'directory.private_mail_students': count('Élèves dont l’adresse n’est pas une adresse scolaire'),
  'directory.private_mail_staff': count('Personnels dont l’adresse n’est pas une adresse professionnelle'),
  // Messagerie
  'mail.client_access': flag('Courrier accessible depuis un logiciel de messagerie, de façon chiffrée', 45),
  'mail.web_access': flag('Courrier accessible par le web, de façon chiffrée', 45),
  'mail.spam_filter': flag('Courrier examiné par un antispam', 45),
  'mail.virus_filter': flag('Courrier examiné par un antivirus', 45),
  'mail.spf': flag('Domaine de courrier protégé par SPF', 45),
  'mail.dkim': flag('Domaine de courrier signé par DKIM', 45),
  'mail.dmarc': flag('Domaine de courrier protégé par DMARC, avec une consigne', 45),
  'mail.starttls': flag('Serveurs de courrier chiffrant leurs échanges', 45),
  'mail.external_forwarding': count('Boîtes professionnelles redirigées vers une boîte privée'),
  'mail.sent': count('Courriers envoyés que les journaux ont vus', 8),
  'mail.sent_authored': count('Courriers envoyés dont l’auteur est journalisé', 8),
  // Publication et affichage
  'publication.login_required': flag('Authentification exigée pour publier', 45),
  'publication.site_up': flag('Site public de l’établissement en ligne', 8),
  'display.console_restricted': flag('Console d’affichage joignable depuis la seule zone administrative', 45),
  'display.console_login_required': flag('Authentification exigée par la console d’affichage', 45),
  'display.console_strong': flag('Authentification forte exigée par la console d’affichage', 90),
  // Réseau et filtrage
  'network.filtering_methods': count('Méthodes de filtrage constatées (liste, nom de domaine, contenu)', 8),
  'network.filtering_allowlist_only': flag('Navigation réduite à une liste de sites autorisés', 8),
  'network.zones_separated': flag('Zone administrative fermée à la zone pédagogique', 45),
  'network.wifi_networks': count('Réseaux sans fil diffusés'),
  'network.wifi_secured': count('Réseaux sans fil chiffrés et authentifiés'),
  'network.byod_separated': flag('Équipements hors parc raccordés à un réseau à part', 45),
  'network.certificate_days': days('Jours de validité restants du certificat le plus proche de sa fin', 8),
  'network.filtering_active': flag('Filtrage des contenus en service', 8),
  'network.filtering_list_age': days('Âge des listes de filtrage de l’université de Toulouse', 8),
  'network.access_controlled': flag('Accès au réseau réservé aux machines et utilisateurs autorisés', 45),
  'network.bandwidth_saturation': ratio('Part du temps où l’accès internet est saturé', 8),
  'network.central_administration': flag('Sécurité du réseau administrée de façon centralisée', 90),
} as const satisfies Record<string, EvidenceDefinition>

export type EvidenceKey = keyof typeof EVIDENCE
export const EVIDENCE_KEYS = Object.keys(EVIDENCE) as readonly EvidenceKey[]

/** In: any string. Out: true when it names a declared evidence key. */
export const isEvidenceKey = (key: string): key is EvidenceKey => Object.hasOwn(EVIDENCE, key)

/** Declared definition of a key. */
export const definitionOf = (key: EvidenceKey): EvidenceDefinition => EVIDENCE[key]

/** One dated observation as a check sees it; instants are epoch milliseconds in UTC. */
export interface Evidence {
  readonly key: EvidenceKey
  readonly value: EvidenceValue
  readonly observedAt: number
}

/** Instant (epoch ms) from which the observation no longer proves anything. */
export const expiryOf = (key: EvidenceKey, observedAt: number): number =>
  observedAt + definitionOf(key).freshnessHours * 3_600_000

/**
 * In: a key and a raw value. Out: `null` when the value fits the key's definition, otherwise
 * the remedy in French (no field name; the caller adds its own).
 */
export function refusalOfValue(key: EvidenceKey, value: unknown): string | null {
  const definition = definitionOf(key)
  switch (definition.type) {
    case 'boolean':
      return typeof value === 'boolean' ? null : 'attendu : true ou false'
    case 'text':
      if (typeof value !== 'string') return 'attendu : un texte'
      return !definition.values || definition.values.includes(value)
        ? null
        : `attendu : ${definition.values.join(', ')}`
    case 'number': {
      if (typeof value !== 'number' || !Number.isFinite(value)) return 'attendu : un nombre fini'
      if (definition.min !== undefined && value < definition.min)
        return `attendu : au moins ${definition.min}`
      if (definition.max !== undefined && value > definition.max) return `attendu : au plus ${definition.max}`
      return null
    }
  }
}
