import { Option, type Command } from 'commander'
import type { Perimeter } from '@vigie/db'
import type { Role } from '@vigie/db/schema'
import type { Grant } from '../access/actor.ts'
import { ROLES, ROLE_LABELS } from '../access/roles.ts'
import { mintSecret } from '../access/secret.ts'
import type { Context } from '../context.ts'
import { createAccount } from '../features/accounts/create-account.ts'
import { disableAccount } from '../features/accounts/disable-account.ts'
import { findAccountId } from '../features/accounts/find-account-id.ts'
import { grantRole } from '../features/accounts/grant-role.ts'
import { listAccounts } from '../features/accounts/list-accounts.ts'
import { revokeRole } from '../features/accounts/revoke-role.ts'
import { recoverSecondFactor } from '../features/second-factor/recover.ts'
import { setPassword } from '../features/accounts/set-password.ts'
import { AppError } from '../errors.ts'
import { alignedTable } from './aligned-table.ts'
import type { OpenContext } from './open-context.ts'
import { perimeterOption } from './perimeter-option.ts'
import { readStdin } from './read-stdin.ts'

const roleOption = () => new Option('--role <rôle>', 'rôle à tenir').choices(ROLES).makeOptionMandatory()
const passwordOption = () =>
  new Option(
    '--password-stdin',
    'lit le mot de passe sur l’entrée standard ; sinon Vigie en tire un et l’affiche',
  )

async function choosePassword(ctx: Context, fromStdin: boolean | undefined) {
  return fromStdin
    ? { password: await readStdin(), shown: '' }
    : ((password) => ({ password, shown: `\nMot de passe, montré cette seule fois : ${password}` }))(
        mintSecret(ctx.random, 15),
      )
}

async function allAccounts(ctx: Context) {
  const rows: Awaited<ReturnType<typeof listAccounts>>['rows'] = []
  for (let page = 1; ; page++) {
    const found = await listAccounts(ctx, { page, pageSize: 200 })
    rows.push(...found.rows)
    if (rows.length >= found.total || found.rows.length === 0) return rows
  }
}

const shownGrant = ({ role, perimeter }: Grant) => `${role} ${perimeter.kind}:${perimeter.code}`

/** `vigie account …`: what an administrator scripts on people's accounts. */
export const accountCommand = (program: Command, open: OpenContext): void => {
  const account = program.command('account').description('gère les comptes des personnes')
  const withContext = async (work: (ctx: Context) => Promise<string>) => {
    const { ctx, close } = await open()
    try {
      console.log(await work(ctx))
    } finally {
      await close()
    }
  }

  account
    .command('create <identifiant>')
    .description('crée un compte et lui donne un premier rôle')
    .requiredOption('--name <nom>', 'nom à afficher')
    .addOption(roleOption())
    .addOption(perimeterOption())
    .addOption(passwordOption())
    .action(
      (login: string, options: { name: string; role: Role; perimeter: Perimeter; passwordStdin?: true }) =>
        withContext(async (ctx) => {
          const { password, shown } = await choosePassword(ctx, options.passwordStdin)
          const grants = [{ role: options.role, perimeter: options.perimeter }]
          await createAccount(ctx, { login, displayName: options.name, password, grants })
          return `Compte ${login} créé : ${ROLE_LABELS[options.role]}, ${options.perimeter.kind} ${options.perimeter.code}.${shown}`
        }),
    )

  account
    .command('list')
    .description('liste les comptes et leurs rôles')
    .option('--json', 'écrit un tableau JSON')
    .action((options: { json?: true }) =>
      withContext(async (ctx) => {
        const rows = await allAccounts(ctx)
        if (options.json) return JSON.stringify(rows, null, 2)
        if (rows.length === 0) return 'Aucun compte. Pour en créer un : vigie account create --help'
        return alignedTable(
          ['Identifiant', 'Nom', 'État', 'Rôles'],
          rows.map((row) => [
            row.login,
            row.displayName,
            row.disabledAt ? 'désactivé' : 'actif',
            row.grants.map(shownGrant).join(', '),
          ]),
        )
      }),
    )

  account
    .command('disable <identifiant>')
    .description('désactive un compte et ferme ses sessions')
    .action((login: string) =>
      withContext(async (ctx) => {
        await disableAccount(ctx, await findAccountId(ctx, login))
        return `Compte ${login} désactivé, ses sessions sont fermées.`
      }),
    )

  account
    .command('grant <identifiant>')
    .description('donne un rôle à un compte')
    .addOption(roleOption())
    .addOption(perimeterOption())
    .action((login: string, grant: Grant) =>
      withContext(async (ctx) => {
        await grantRole(ctx, await findAccountId(ctx, login), {
          role: grant.role,
          perimeter: grant.perimeter,
        })
        return `Rôle donné à ${login} : ${shownGrant(grant)}.`
      }),
    )

  account
    .command('revoke <identifiant>')
    .description('retire un rôle à un compte')
    .addOption(roleOption())
    .addOption(perimeterOption())
    .action((login: string, grant: Grant) =>
      withContext(async (ctx) => {
        const id = await findAccountId(ctx, login)
        const held = (await allAccounts(ctx)).find((row) => row.id === id)?.grants ?? []
        const found = held.find((candidate) => shownGrant(candidate) === shownGrant(grant))
        if (!found) throw new AppError('not_found', `${login} ne tient pas le rôle ${shownGrant(grant)}.`)
        await revokeRole(ctx, id, found.id)
        return `Rôle retiré à ${login} : ${shownGrant(grant)}.`
      }),
    )

  account
    .command('recover <identifiant>')
    .description('retire la clé logicielle d’une personne qui l’a perdue, après l’avoir rappelée')
    .requiredOption('--motif <texte>', 'motif, gardé dans l’histoire de la clé')
    .requiredOption('--rappel-fait', 'certifie que la personne a été rappelée à son numéro connu')
    .action((login: string, options: { motif: string }) =>
      withContext(async (ctx) => {
        await recoverSecondFactor(ctx, await findAccountId(ctx, login), { reason: options.motif })
        return `Clé logicielle de ${login} retirée : sa prochaine connexion lui en fera adopter une autre.`
      }),
    )

  account
    .command('password <identifiant>')
    .description('remplace le mot de passe d’un compte et ferme ses sessions')
    .addOption(passwordOption())
    .action((login: string, options: { passwordStdin?: true }) =>
      withContext(async (ctx) => {
        const id = await findAccountId(ctx, login)
        const { password, shown } = await choosePassword(ctx, options.passwordStdin)
        await setPassword(ctx, id, password)
        return `Mot de passe de ${login} remplacé, ses sessions sont fermées.${shown}`
      }),
    )
}
