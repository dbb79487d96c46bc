import { schema, type Perimeter } from '@vigie/db'
import type { TokenScope } from '@vigie/db/schema'
import { authorise } from '../../access/authorise.ts'
import { coveredPerimeters } from '../../access/covered-perimeters.ts'
import { PERIMETER_LABELS } from '../../access/roles.ts'
import { hashSecret, mintSecret } from '../../access/secret.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'

export interface NewToken {
  readonly name: string
  readonly scope: TokenScope
  readonly perimeter: Perimeter
  readonly expiresInDays: number
}

const DAY_MS = 86_400_000

/** Mints a service account. Out: its id and its token, which is shown this once. Errors: `forbidden`, `invalid_input`. */
export async function createToken(ctx: Context, input: NewToken): Promise<{ id: string; token: string }> {
  const covered = await coveredPerimeters(ctx, authorise(ctx.actor, 'access:manage'))
  const { kind, code } = input.perimeter
  if (!covered.covers(input.perimeter)) {
    const detail = `${PERIMETER_LABELS[kind]} ${code} n’existe pas dans votre périmètre.`
    throw new AppError('invalid_input', detail, { errors: [{ pointer: '/perimeter/code', detail }] })
  }
  if ((input.scope === 'otp:verify' || input.scope === 'alert:push') && kind !== 'academie') {
    const detail =
      'Un compte qui vérifie des codes ou transmet des alertes vaut pour toute une académie : choisissez ce périmètre.'
    throw new AppError('invalid_input', detail, { errors: [{ pointer: '/perimeter/kind', detail }] })
  }
  const id = ctx.random.uuid()
  const token = `vigie_${mintSecret(ctx.random)}`
  const createdAt = ctx.clock.now()
  await write(ctx, { role: 'vigie_auth' }, async (tx) => {
    await tx.insert(schema.apiToken).values({
      id,
      name: input.name,
      tokenHash: hashSecret(token),
      scope: input.scope,
      perimeterKind: kind,
      perimeterCode: code,
      createdAt,
      expiresAt: new Date(createdAt.getTime() + input.expiresInDays * DAY_MS),
    })
    await record(tx, ctx, {
      action: 'token.created',
      subject: { kind: 'token', id },
      details: { scope: input.scope, perimeter: `${kind}:${code}` },
    })
  })
  return { id, token }
}
