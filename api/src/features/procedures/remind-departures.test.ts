import { schema, type Database } from '@vigie/db'
import { aCirconscription, type Circonscription } from '@vigie/test/support/circonscription.ts'
import { aClock } from '@vigie/test/support/clock.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { contextOf, depsOn } from '@vigie/test/support/deps.ts'
import { aHolder } from '@vigie/test/support/key.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { remindDeparturesJob } from '../../jobs/remind-departures.ts'
import type { Context, Deps } from '../../context.ts'
import { openProcedure } from './open-procedure.ts'
import { remindDepartures } from './remind-departures.ts'

const clock = aClock('2027-05-03T09:00:00Z')
let db: Database
let deps: Deps
let job: Context
let here: Circonscription
beforeAll(async () => {
  db = await aDatabase()
  deps = depsOn(db, { clock })
  job = contextOf(deps)
  here = await aCirconscription(deps)
})
afterAll(() => db.close())

const mails = () =>
  db.transact({ role: 'vigie_worker' }, (tx) =>
    tx.select().from(schema.mailMessage).orderBy(schema.mailMessage.createdAt),
  )

describe('reminders of departures', () => {
  it('write to the inspector once before 7 July and once after, and to nobody once the key is back', async () => {
    const leaving = await here.holder()
    const back = await here.holder()
    const keys = [await here.handOver(leaving), await here.handOver(back)] as const
    for (const holderId of [leaving, back]) await openProcedure(here.ien, { kind: 'departure', holderId })
    expect(await remindDepartures(job)).toBe(0)

    clock.set('2027-06-23T04:41:00Z')
    expect(await remindDepartures(job)).toBe(0)
    await aHolder(deps, {
      function: 'ien',
      login: 'inspection',
      displayName: 'Inspection des Essais',
      circonscription: here.circonscription,
      mail: 'inspection@academie.example',
    })
    expect(await remindDepartures(job)).toBe(2)
    await remindDeparturesJob.run(job, new AbortController().signal)
    expect(await mails()).toHaveLength(2)
    expect((await mails())[0]).toMatchObject({ recipients: ['inspection@academie.example'] })
    expect((await mails())[0]?.subject).toContain('mercredi 7 juillet 2027')

    await here.takeBack(keys[1])
    clock.set('2027-07-08T04:41:00Z')
    expect(await remindDepartures(job)).toBe(1)
    expect(await remindDepartures(job)).toBe(0)
    const all = await mails()
    expect(all).toHaveLength(3)
    expect(all.at(-1)?.subject).toContain('non restituée')
  })
})
