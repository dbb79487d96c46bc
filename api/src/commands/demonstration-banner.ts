import type { DemonstrationAccount } from '../features/demonstration/people.ts'
import { alignedTable } from './aligned-table.ts'

/** What `npm start` ends with: where to go, and as whom. */
export function demonstrationBanner(address: string, accounts: readonly DemonstrationAccount[]): string {
  const passwords = new Set(accounts.map(({ password }) => password))
  const table = alignedTable(
    ['Identifiant', 'Rôle', 'Périmètre'],
    accounts.map((account) => [account.login, account.roleLabel, account.perimeterLabel]),
  )
  const lines = [
    `Vigie est prête : ${address}`,
    '',
    'Académie fictive de démonstration. Mot de passe de tous les comptes : ' + [...passwords].join(', '),
    '',
    ...table.split('\n'),
    '',
    'Pour arrêter : Ctrl+C',
  ]
  const width = Math.max(...lines.map((line) => line.length))
  const rule = '─'.repeat(width + 2)
  return [`┌${rule}┐`, ...lines.map((line) => `│ ${line.padEnd(width)} │`), `└${rule}┘`].join('\n')
}
