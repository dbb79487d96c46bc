import { defineCheck } from '../../check.ts'
import { figureOf, outcome, verdictOfShare } from '../../outcome.ts'
import { counted, enumerate, percent } from '../../wording.ts'

/** 5 % covers machines in storage or under repair. */
const SUPPORTED_FLOORS = { compliant: 0.95, partial: 0.95 }

export const infSec1 = defineCheck({
  requirement: 'INF-SEC-1',
  needs: [
    'parc.workstation.count',
    'parc.workstation.os_supported',
    'backup.encrypted_at_rest',
    'network.filtering_active',
    'network.access_controlled',
  ],
  bounded: [['parc.workstation.os_supported', 'parc.workstation.count']],
  title: 'Postes, données, flux et accès sécurisés',
  rule: `Quatre objectifs : au moins ${percent(SUPPORTED_FLOORS.compliant)} des postes reçoivent des correctifs, les sauvegardes sont chiffrées au repos, le filtrage des contenus est en service, l’accès au réseau est réservé. Conforme si les quatre sont tenus ; non conforme si le filtrage ou l’accès réservé manque ; partiel sinon.`,
  remediation:
    'Commencez par le filtrage et le contrôle d’accès au réseau, puis remplacez les systèmes sans correctif et chiffrez les sauvegardes.',
  evaluate: (values) => {
    const workstations = values['parc.workstation.count']
    const supported = values['parc.workstation.os_supported']
    const encrypted = values['backup.encrypted_at_rest']
    const filtered = values['network.filtering_active']
    const controlled = values['network.access_controlled']
    const patched =
      workstations === 0 || verdictOfShare(supported, workstations, SUPPORTED_FLOORS) === 'compliant'
    const figures = [
      figureOf('parc.workstation.os_supported', supported, workstations),
      figureOf('backup.encrypted_at_rest', encrypted),
      figureOf('network.filtering_active', filtered),
      figureOf('network.access_controlled', controlled),
    ]
    const missing: string[] = []
    if (!filtered) missing.push('le filtrage des contenus')
    if (!controlled) missing.push('l’accès réservé au réseau')
    if (!patched) missing.push('les correctifs des postes')
    if (!encrypted) missing.push('le chiffrement des sauvegardes')
    if (missing.length === 0)
      return outcome('compliant', 'Les 4 objectifs de sécurité mesurés sont tenus.', figures)
    return outcome(
      filtered && controlled ? 'partial' : 'non_compliant',
      `${counted(4 - missing.length, 'objectif de sécurité est tenu', 'objectifs de sécurité sont tenus')} sur 4 ; à reprendre : ${enumerate(missing)}.`,
      figures,
    )
  },
})
