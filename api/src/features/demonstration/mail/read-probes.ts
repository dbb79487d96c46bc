import { httpRequest, mailHeaders, runCollector } from '@vigie/collectors'
import type { Context } from '../../../context.ts'
import { recordCollection } from '../../collection/record-collection.ts'
import type { PlannedEtablissement } from '../plan/etablissements.ts'

const WORKER = { role: 'vigie_worker' } as const
const COLLECTOR = 'mail:valmont'
const DOMAIN = 'ac-valmont.exemple.fr'
const RUN = { timeoutMs: 10_000, retries: 0, retryDelayMs: 0 }
const HOUR_MS = 3_600_000

/** What the filters of a messagerie write on a message that comes in. */
const MARKS = {
  exemplary: ['X-Spam-Status: No, score=-1.2 required=5.0', `X-Virus-Scanned: ClamAV at mx1.${DOMAIN}`],
  tired: ['X-Spam-Status: No, score=0.4 required=5.0'],
} as const

const isProbed = (profile: string): profile is keyof typeof MARKS => Object.hasOwn(MARKS, profile)

const message = (marks: readonly string[], at: Date) =>
  [
    'Return-Path: <essai@exterieur.exemple>',
    `Received: from exterieur.exemple (exterieur.exemple [192.0.2.25]) by mx1.${DOMAIN} (Postfix);`,
    `\t${at.toUTCString()}`,
    ...marks,
    'Subject: Message d’essai',
    '',
  ].join('\r\n')

/** Reads a probe message for each kind of messagerie, as an administrator submits them. */
export async function readProbes(ctx: Context, items: readonly PlannedEtablissement[]): Promise<void> {
  const io = { now: () => ctx.clock.now(), request: httpRequest }
  const at = new Date(ctx.clock.now().getTime() - HOUR_MS)
  const open = items.filter(({ closedOn }) => closedOn === null)
  for (const [profile, own] of Map.groupBy(open, (item) => item.profile)) {
    if (!isProbed(profile)) continue
    const config = {
      domain: DOMAIN,
      uais: own.map(({ uai }) => uai),
      trustedHosts: [DOMAIN],
      marks: { spam: [], virus: [] },
      message: message(MARKS[profile], at),
    }
    await recordCollection(ctx, WORKER, COLLECTOR, await runCollector(mailHeaders, config, io, RUN))
  }
}
