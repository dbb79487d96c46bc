import type { Deps } from '@vigie/api/context'
import { schema, type Database } from '@vigie/db'
import { anApi, type Api } from '@vigie/test/support/api.ts'
import { aClock, aRandom } from '@vigie/test/support/clock.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { contextOf, depsOn } from '@vigie/test/support/deps.ts'
import { aMailServer, freePort, type MailServer } from '@vigie/test/support/mail-server.ts'
import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { startJobs } from '../../jobs/index.ts'
import { claimMail } from './claim-mail.ts'
import { delayAfter, MAX_ATTEMPTS } from './conclude-attempt.ts'
import { HAND_OVER_MS, mailStatus } from './mail-status.ts'
import { queueMail } from './queue-mail.ts'
import { sendDueMails } from './send-due-mails.ts'
import { settleMail } from './settle-mail.ts'

const WORKER = { role: 'vigie_worker' } as const
const clock = aClock('2026-11-20T08:00:00Z')
const random = aRandom(77)
let db: Database
let server: MailServer
let purposes = 0
beforeAll(async () => {
  db = await aDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  server = await aMailServer()
  await db.transact(WORKER, (tx) =>
    tx.update(schema.mailMessage).set({ closedAt: clock.now(), closedBy: 'essai' }),
  )
})
afterEach(() => server.close())

const depsTo = (url: string | null): Deps => {
  const deps = depsOn(db, { clock, random })
  return { ...deps, config: { ...deps.config, mail: url ? { url, from: 'Vigie <vigie@exemple.fr>' } : null } }
}
const sendTo = (url: string | null) => sendDueMails(contextOf(depsTo(url)))

async function aMail(
  recipients = ['suivi@exemple.fr'],
  purpose = `essai:${(purposes += 1)}`,
): Promise<string> {
  const ctx = contextOf(depsTo(null))
  await db.transact(WORKER, (tx) =>
    queueMail(tx, ctx, { academie: '98', purpose, recipients, subject: 'Relevé à l’essai', body: 'Été\n' }),
  )
  return purpose
}
async function read(purpose: string) {
  const [row] = await db.transact(WORKER, (tx) =>
    tx.select().from(schema.mailMessage).where(eq(schema.mailMessage.purpose, purpose)),
  )
  if (!row) throw new Error(`no message about ${purpose}`)
  return { ...row, status: mailStatus(row, clock.now()) }
}
const settle = async (purpose: string, decision: 'resend' | 'close') =>
  settleMail(contextOf(depsTo(null)), (await read(purpose)).id, { decision })

describe('the outbox', () => {
  it('writes one message per purpose, however often it is queued', async () => {
    const purpose = await aMail()
    await aMail(['autre@exemple.fr'], purpose)
    expect((await read(purpose)).recipients).toEqual(['suivi@exemple.fr'])
  })

  it('writes nothing when nobody would receive it, nor when what it tells is rolled back', async () => {
    const ctx = contextOf(depsTo(null))
    const mail = { academie: '98', recipients: ['a@exemple.fr'], subject: 'Essai', body: 'Essai' }
    await db.transact(WORKER, (tx) => queueMail(tx, ctx, { ...mail, purpose: 'personne', recipients: [] }))
    const rolledBack = db.transact(WORKER, async (tx) => {
      await queueMail(tx, ctx, { ...mail, purpose: 'annulé' })
      throw new Error('rolled back')
    })
    await expect(rolledBack).rejects.toThrow('rolled back')
    await expect(read('personne')).rejects.toThrow()
    await expect(read('annulé')).rejects.toThrow()
  })

  it('is open to whoever acts in a part of the académie, who does not read it back', async () => {
    const ctx = contextOf(depsTo(null))
    const osp = { role: 'vigie_app', perimeters: [{ kind: 'departement', code: '991' }] } as const
    const purpose = 'convocation:essai'
    await db.transact(osp, (tx) =>
      queueMail(tx, ctx, { academie: '98', purpose, recipients: ['a@exemple.fr'], subject: 'S', body: 'B' }),
    )
    expect(await db.transact(osp, (tx) => tx.select().from(schema.mailMessage))).toEqual([])
    expect((await read(purpose)).status).toBe('waiting')
  })
})

describe('sending', () => {
  it('sends a due message once, in plain UTF-8 text with an identifier drawn from its row', async () => {
    const purpose = await aMail(['suivi@exemple.fr', 'rectorat@exemple.fr'])
    expect(await sendTo(server.url)).toBe(1)
    expect(await sendTo(server.url)).toBe(0)
    const row = await read(purpose)
    expect(row.status).toBe('sent')
    expect(server.messages).toHaveLength(1)
    const [message] = server.messages
    expect(message?.recipients).toEqual(['suivi@exemple.fr', 'rectorat@exemple.fr'])
    expect(message?.content).toContain(`Message-ID: <${row.id}@exemple.fr>`)
    expect(message?.content).toContain('Content-Type: text/plain; charset=utf-8')
  })

  it('waits while no server is configured', async () => {
    const purpose = await aMail()
    expect(await sendTo(null)).toBe(0)
    expect((await read(purpose)).status).toBe('waiting')
  })

  it('signs in to the server with the credentials of its address', async () => {
    await server.close()
    server = await aMailServer({ user: 'vigie', pass: 'phrase d’essai' })
    const refused = await aMail()
    await sendTo(server.urlOf('vigie', 'autre'))
    expect((await read(refused)).lastError).toContain('refus')
    const purpose = await aMail()
    await sendTo(server.urlOf('vigie', 'phrase d’essai'))
    expect((await read(purpose)).status).toBe('sent')
  })

  it('tries again later after a temporary refusal, then succeeds', async () => {
    const purpose = await aMail()
    server.refuseData(450, 'Mailbox busy')
    await sendTo(server.url)
    expect(await read(purpose)).toMatchObject({ status: 'waiting', attempts: 1, sendingAt: null })
    expect((await read(purpose)).lastError).toContain('450')
    server.acceptAll()
    expect(await sendTo(server.url)).toBe(0)
    clock.advance(delayAfter(1))
    expect(await sendTo(server.url)).toBe(1)
    expect(await read(purpose)).toMatchObject({ status: 'sent', attempts: 2, lastError: null })
    expect(server.messages).toHaveLength(1)
  })

  it('tries again after a refused connection, then succeeds', async () => {
    const purpose = await aMail()
    await sendTo(`smtp://127.0.0.1:${await freePort()}`)
    expect(await read(purpose)).toMatchObject({ status: 'waiting', attempts: 1 })
    expect((await read(purpose)).lastError).toContain('ne répond pas')
    clock.advance(delayAfter(1))
    await sendTo(server.url)
    expect((await read(purpose)).status).toBe('sent')
  })

  it('waits longer and longer, gives up after a bound, and starts again when a person asks', async () => {
    const delays = Array.from({ length: MAX_ATTEMPTS }, (_, index) => delayAfter(index + 1) / 60_000)
    expect(delays.slice(0, 11)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360])
    expect(delays.at(-1)).toBe(360)
    const purpose = await aMail()
    server.refuseData(554, 'No')
    for (const minutes of delays) {
      expect(await sendTo(server.url)).toBe(1)
      clock.advance(minutes * 60_000)
    }
    expect(await sendTo(server.url)).toBe(0)
    expect(await read(purpose)).toMatchObject({ status: 'abandoned', attempts: MAX_ATTEMPTS })
    server.acceptAll()
    await settle(purpose, 'resend')
    await sendTo(server.url)
    expect((await read(purpose)).status).toBe('sent')
  })

  it('never sends twice when the line drops once the message was handed over', async () => {
    const purpose = await aMail()
    server.dropAfterData()
    await sendTo(server.url)
    expect((await read(purpose)).status).toBe('uncertain')
    server.acceptAll()
    clock.advance(30 * 86_400_000)
    expect(await sendTo(server.url)).toBe(0)
    expect(server.messages).toHaveLength(1)
    const [first] = server.messages
    await settle(purpose, 'resend')
    await sendTo(server.url)
    expect((await read(purpose)).status).toBe('sent')
    expect(idOf(server.messages[1])).toBe(idOf(first))
  })

  it('tries again when the line drops before the server agreed to take the message', async () => {
    const purpose = await aMail()
    server.dropAtRecipient()
    await sendTo(server.url)
    expect((await read(purpose)).status).toBe('waiting')
    server.acceptAll()
    clock.advance(delayAfter(1))
    await sendTo(server.url)
    expect((await read(purpose)).status).toBe('sent')
    expect(server.messages).toHaveLength(1)
  })

  it('writes apart to a recipient who is temporarily refused, and not again to the others', async () => {
    const purpose = await aMail(['prompt@exemple.fr', 'lent@exemple.fr', 'inconnu@exemple.fr'])
    server.refuseRecipient('lent@exemple.fr', 451)
    server.refuseRecipient('inconnu@exemple.fr', 550)
    await sendTo(server.url)
    const row = await read(purpose)
    expect(row.status).toBe('sent')
    expect(row.lastError).toContain('inconnu@exemple.fr')
    server.acceptAll()
    clock.advance(delayAfter(1))
    await sendTo(server.url)
    expect(server.messages.map(({ recipients }) => recipients)).toEqual([
      ['prompt@exemple.fr'],
      ['lent@exemple.fr'],
    ])
  })

  it('sends once with two workers side by side', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => aMail()))
    await Promise.all([sendTo(server.url), sendTo(server.url), sendTo(server.url)])
    for (const purpose of all) expect((await read(purpose)).status).toBe('sent')
    expect(new Set(server.messages.map(idOf)).size).toBe(all.length)
    expect(server.messages).toHaveLength(all.length)
  })
})

describe('the job', () => {
  it('sends what is queued, without any command, over two processes', async () => {
    const deps = depsTo(server.url)
    const running = [
      await startJobs(deps, { watchEveryMs: 100 }),
      await startJobs(deps, { watchEveryMs: 100 }),
    ]
    const purpose = await aMail()
    await vi.waitFor(async () => expect((await read(purpose)).status).toBe('sent'), {
      timeout: 20_000,
      interval: 100,
    })
    await Promise.all(running.map((jobs) => jobs.stop()))
    expect(server.messages).toHaveLength(1)
  })
})

describe('a process that dies', () => {
  it('before it hands the message over: another sends it once the time of an attempt has passed', async () => {
    const purpose = await aMail()
    await claimMail(contextOf(depsTo(server.url)))
    expect(await sendTo(server.url)).toBe(0)
    clock.advance(HAND_OVER_MS)
    expect(await sendTo(server.url)).toBe(1)
    expect((await read(purpose)).status).toBe('sent')
    expect(server.messages).toHaveLength(1)
  })

  it('after it began to hand the message over: a person decides', async () => {
    const purpose = await aMail()
    const { id } = await read(purpose)
    await db.transact(WORKER, (tx) =>
      tx
        .update(schema.mailMessage)
        .set({ attempts: 1, sendingAt: clock.now() })
        .where(eq(schema.mailMessage.id, id)),
    )
    expect((await read(purpose)).status).toBe('sending')
    await expect(settle(purpose, 'resend')).rejects.toMatchObject({ code: 'conflict' })
    clock.advance(HAND_OVER_MS)
    expect(await sendTo(server.url)).toBe(0)
    expect((await read(purpose)).status).toBe('uncertain')
    await settle(purpose, 'close')
    expect((await read(purpose)).status).toBe('closed')
    expect(await sendTo(server.url)).toBe(0)
  })

  it('or is late: what it took and another has taken since, it does not send', async () => {
    const purpose = await aMail()
    const late = server.holdGreeting()
    const slow = sendTo(server.url)
    await late.asked
    clock.advance(HAND_OVER_MS)
    const other = await aMailServer()
    await sendTo(other.url)
    late.release()
    await slow
    expect(other.messages).toHaveLength(1)
    expect(server.messages).toEqual([])
    expect(await read(purpose)).toMatchObject({ status: 'sent', attempts: 2 })
    await other.close()
  })
})

describe('the list of messages', () => {
  const list = async (api: Api, as: Record<string, string>, query = '') => {
    const response = await api.request(`/v1/deployment/mails${query}`, { as })
    return {
      status: response.status,
      body: (await response.json()) as { total: number; configured: boolean },
    }
  }

  it('is for the division of the académie, and says whether mails can leave', async () => {
    await aMail()
    const api = anApi(db, { clock, random: aRandom(5) })
    const diaser = await api.signIn('diaser', { kind: 'academie', code: '98' })
    expect(await list(api, diaser, '?status=waiting')).toMatchObject({
      status: 200,
      body: { total: 1, configured: false },
    })
    const elsewhere = await api.signIn('diaser', { kind: 'academie', code: '97' })
    expect((await list(api, elsewhere)).body.total).toBe(0)
    const ien = await api.signIn('ien', { kind: 'circonscription', code: '0990001A' })
    expect((await list(api, ien)).status).toBe(403)
  })

  it('lets the division settle an uncertain message, with its trace in the journal', async () => {
    const purpose = await aMail()
    server.dropAfterData()
    await sendTo(server.url)
    const api = anApi(db, { clock, random: aRandom(6) })
    const diaser = await api.signIn('diaser', { kind: 'academie', code: '98' })
    const { id } = await read(purpose)
    const path = `/v1/deployment/mails/${id}/settlement`
    const call = { method: 'POST', as: diaser, json: { decision: 'close' } }
    expect((await api.request(path, call)).status).toBe(200)
    expect((await api.request(path, call)).status).toBe(409)
    const entries = await db.asOwner((tx) =>
      tx.select().from(schema.journalEntry).where(eq(schema.journalEntry.subjectId, id)),
    )
    expect(entries.map(({ action }) => action)).toEqual(['mail.uncertain', 'mail.closed'])
  })
})

const idOf = (message: { content: string } | undefined) =>
  /Message-ID: (\S+)/i.exec(message?.content ?? '')?.[1]
