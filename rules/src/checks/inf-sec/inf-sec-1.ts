import { defineCheck } from '../../check.ts'
import { faultWhen, figureOf, outcome, verdictOfShare } from '../../outcome.ts'
import { counted, enumerate, percent } from '../../wording.ts'

/** 5 % covers machines in storage or under repair. */
const SUPPORTED_FLOORS = { compliant: 0.95, partial: 0.95 }

const GOALS = 6

export const infSec1 = defineCheck({
  requirement: 'INF-SEC-1',
  version: 2,
  needs: [
    'parc.workstation.count',
    'parc.workstation.os_supported',
    'backup.encrypted_at_rest',
    'network.filtering_active',
    'network.access_controlled',
    'network.zones_separated',
    'network.wifi_networks',
    'network.wifi_secured',
  ],
  bounded: [
    ['parc.workstation.os_supported', 'parc.workstation.count'],
    ['network.wifi_secured', 'network.wifi_networks'],
  ],
  title: 'Postes, données, flux et accès sécurisés',
  rule: `Six objectifs : le filtrage des contenus est en service, l’accès au réseau est réservé, chaque réseau sans fil est chiffré et authentifié, la zone administrative est fermée à la zone pédagogique, au moins ${percent(SUPPORTED_FLOORS.compliant)} des postes reçoivent des correctifs, les sauvegardes sont chiffrées au repos. Conforme si les six sont tenus ; non conforme si l’un des trois premiers manque ; partiel sinon.`,
  remediation:
    'Commencez par le filtrage, le contrôle d’accès au réseau et le Wi-Fi, puis séparez les zones, remplacez les systèmes sans correctif et chiffrez les sauvegardes.',
  faults: [
    faultWhen(['network.filtering_active'], (values) =>
      values['network.filtering_active'] ? null : 'Le filtrage des contenus n’est pas en service.',
    ),
    faultWhen(['network.access_controlled'], (values) =>
      values['network.access_controlled'] ? null : 'L’accès au réseau n’est pas réservé.',
    ),
    faultWhen(['network.wifi_networks', 'network.wifi_secured'], (values) =>
      values['network.wifi_secured'] < values['network.wifi_networks']
        ? 'Un réseau sans fil est ouvert, ou mal protégé.'
        : null,
    ),
  ],
  evaluate: (values) => {
    const workstations = values['parc.workstation.count']
    const supported = values['parc.workstation.os_supported']
    const encrypted = values['backup.encrypted_at_rest']
    const filtered = values['network.filtering_active']
    const controlled = values['network.access_controlled']
    const separated = values['network.zones_separated']
    const wifi = values['network.wifi_networks']
    const secured = values['network.wifi_secured']
    const patched =
      workstations === 0 || verdictOfShare(supported, workstations, SUPPORTED_FLOORS) === 'compliant'
    const figures = [
      figureOf('network.filtering_active', filtered),
      figureOf('network.access_controlled', controlled),
      figureOf('network.wifi_secured', secured, wifi),
      figureOf('network.zones_separated', separated),
      figureOf('parc.workstation.os_supported', supported, workstations),
      figureOf('backup.encrypted_at_rest', encrypted),
    ]
    const missing: string[] = []
    if (!filtered) missing.push('le filtrage des contenus')
    if (!controlled) missing.push('l’accès réservé au réseau')
    if (secured < wifi) missing.push('la sécurité du Wi-Fi')
    const essential = missing.length === 0
    if (!separated) missing.push('la séparation des zones')
    if (!patched) missing.push('les correctifs des postes')
    if (!encrypted) missing.push('le chiffrement des sauvegardes')
    if (missing.length === 0)
      return outcome('compliant', `Les ${GOALS} objectifs de sécurité mesurés sont tenus.`, figures)
    return outcome(
      essential ? 'partial' : 'non_compliant',
      `${counted(GOALS - missing.length, 'objectif de sécurité est tenu', 'objectifs de sécurité sont tenus')} sur ${GOALS} ; à reprendre : ${enumerate(missing)}.`,
      figures,
    )
  },
})
