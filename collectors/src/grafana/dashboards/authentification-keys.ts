import type { DashboardRow } from '../definition.ts'
import { gauge, total } from '../expressions.ts'
import { bargaugePanel } from '../panels/bargauge-panel.ts'
import { betterLow } from '../panels/palette.ts'
import { statPanel } from '../panels/stat-panel.ts'
import { tablePanel } from '../panels/table-panel.ts'
import { KEY_STATE_WORDS } from '../panels/words.ts'
import { ALERT_THRESHOLDS } from '../rules/thresholds.ts'

const { OtpKeysExpiring } = ALERT_THRESHOLDS
const chosen = 'departement=~"$departement"'

export const keysRow: DashboardRow = {
  title: 'Clés',
  panels: [
    bargaugePanel({
      title: 'Clés par état',
      description:
        'Combien de clés dans chaque état, pour les départements choisis. Beaucoup de « remise, à activer » : relancez les porteurs. Beaucoup de « verrouillée » : l’assistance est en retard, ou une attaque est en cours.',
      queries: [{ expr: total('otp_keys', ['state'], chosen), legend: '{{state}}' }],
      unit: 'short',
      overrides: KEY_STATE_WORDS,
      links: [{ title: 'Clés', path: '/cles/liste' }],
      width: 8,
      height: 10,
    }),
    tablePanel({
      title: 'Stock par département',
      description:
        'Clés prêtes à être remises et minimum à garder. Sous le minimum, OtpStockLow sonne : faites une expédition depuis Vigie.',
      labels: [{ label: 'departement', title: 'Département', link: { title: 'Stock', path: '/cles' } }],
      values: [
        { expr: gauge('otp_keys_available', chosen), title: 'Disponibles', unit: 'short' },
        { expr: gauge('otp_keys_minimum', chosen), title: 'Minimum', unit: 'short' },
        {
          expr: `${gauge('otp_keys_available', chosen)} - ${gauge('otp_keys_minimum', chosen)}`,
          title: 'Marge',
          unit: 'short',
          thresholds: [
            { value: null, color: '#d64545' },
            { value: 0, color: '#1f9d55' },
          ],
        },
      ],
      sortBy: 'Marge',
      ascending: true,
      width: 10,
      height: 10,
    }),
    statPanel({
      title: 'Clés qui s’éteignent',
      description: `Clés qui atteignent leur fin de vie dans 3 et 12 mois. À partir de ${OtpKeysExpiring.default} dans les trois mois : préparez le remplacement depuis la prévision de Vigie, une commande prend plusieurs semaines.`,
      queries: [{ expr: gauge('otp_keys_expiring'), legend: 'dans {{horizon}}' }],
      unit: 'short',
      thresholds: betterLow(1, OtpKeysExpiring.default),
      links: [{ title: 'Prévision', path: '/cles' }],
      width: 6,
      height: 10,
    }),
  ],
}
