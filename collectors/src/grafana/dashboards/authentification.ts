import { firingAlerts } from '../annotations.ts'
import type { DashboardDefinition } from '../definition.ts'
import { topLinks } from '../links.ts'
import { FOR_DEPARTEMENTS } from '../variables.ts'
import { alertsRow } from './authentification-alerts.ts'
import { attacksRow } from './authentification-attacks.ts'
import { keysRow } from './authentification-keys.ts'
import { nowRow, trafficRow } from './authentification-traffic.ts'

/** For the RSSI and the help desk: is the authentication path well, and is somebody attacking it? */
export const authentification: DashboardDefinition = {
  uid: 'vigie-authentification',
  title: 'Vigie · Authentification OTP',
  description:
    'Pour le RSSI et l’assistance : les codes OTP sont-ils vérifiés vite et bien, et quelqu’un s’y attaque-t-il ?',
  from: 'now-1h',
  refresh: '10s',
  variables: FOR_DEPARTEMENTS,
  annotations: [firingAlerts('Alertes d’authentification', 'alertname=~"Otp.+"')],
  links: topLinks(
    { title: 'Trafic OTP en direct', path: '/trafic' },
    { title: 'Incidents', path: '/incidents' },
    { title: 'Consignes des alertes', path: '/exploitation/alertes' },
    { title: 'Seuils des alertes', path: '/administration/seuils' },
  ),
  rows: [nowRow, trafficRow, attacksRow, alertsRow, keysRow],
}
