import { InvalidArgumentError, Option, type Command } from 'commander'
import type { Perimeter } from '@vigie/db'
import type { TokenScope } from '@vigie/db/schema'
import { TOKEN_SCOPES } from '../access/roles.ts'
import { createToken } from '../features/tokens/create-token.ts'
import { listTokens } from '../features/tokens/list-tokens.ts'
import { revokeToken } from '../features/tokens/revoke-token.ts'
import type { Context } from '../context.ts'
import { alignedTable } from './aligned-table.ts'
import type { OpenContext } from './open-context.ts'
import { perimeterOption } from './perimeter-option.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function parseDays(text: string): number {
  const days = Number(text)
  if (!Number.isInteger(days) || days < 1 || days > 1_095) {
    throw new InvalidArgumentError('Donnez un nombre de jours entre 1 et 1095.')
  }
  return days
}

function parseId(text: string): string {
  if (!UUID.test(text)) throw new InvalidArgumentError('Donnez le numéro que montre « vigie token list ».')
  return text
}

const HELP = `
Le jeton s’écrit seul sur la sortie standard, cette seule fois :
  vigie token create Prometheus --scope metrics:read --perimeter academie:11 > vigie-discovery.token`

/** `vigie token …`: service accounts of Prometheus, Alertmanager and the applications that verify codes. */
export const tokenCommand = (program: Command, open: OpenContext): void => {
  const token = program.command('token').description('gère les jetons des comptes de service')
  const withContext = async (work: (ctx: Context) => Promise<string>) => {
    const { ctx, close } = await open()
    try {
      console.log(await work(ctx))
    } finally {
      await close()
    }
  }

  token
    .command('create <nom>')
    .description('crée un compte de service et écrit son jeton')
    .addOption(new Option('--scope <portée>', 'ce qu’il permet').choices(TOKEN_SCOPES).makeOptionMandatory())
    .addOption(perimeterOption())
    .option('--days <jours>', 'jours pendant lesquels il vaut', parseDays, 365)
    .addHelpText('after', HELP)
    .action((name: string, options: { scope: TokenScope; perimeter: Perimeter; days: number }) =>
      withContext(async (ctx) => {
        const { scope, perimeter, days } = options
        const created = await createToken(ctx, { name, scope, perimeter, expiresInDays: days })
        console.error(
          `Jeton « ${name} » créé : ${scope}, ${perimeter.kind} ${perimeter.code}, ${days} jours.`,
        )
        return created.token
      }),
    )

  token
    .command('list')
    .description('liste les jetons, sans leur secret')
    .option('--json', 'écrit un tableau JSON')
    .action((options: { json?: true }) =>
      withContext(async (ctx) => {
        const rows = await listTokens(ctx)
        if (options.json) return JSON.stringify(rows, null, 2)
        if (rows.length === 0) return 'Aucun jeton. Pour en créer un : vigie token create --help'
        return alignedTable(
          ['Numéro', 'Nom', 'Portée', 'Périmètre', 'Fin'],
          rows.map(({ id, name, scope, perimeter, expiresAt, revokedAt }) => [
            id,
            name,
            scope,
            `${perimeter.kind}:${perimeter.code}`,
            revokedAt ? 'révoqué' : (expiresAt?.slice(0, 10) ?? ''),
          ]),
        )
      }),
    )

  token
    .command('revoke')
    .description('révoque un jeton, aussitôt')
    .argument('<numéro>', 'numéro que montre « vigie token list »', parseId)
    .action((id: string) =>
      withContext(async (ctx) => {
        await revokeToken(ctx, id)
        return 'Jeton révoqué.'
      }),
    )
}
