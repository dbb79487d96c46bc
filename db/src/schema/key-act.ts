import { index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'
import { keyProcedure } from './keys.ts'
import { otpHolder, otpKey } from './otp.ts'

/** Act about a holder that changes no state of a key: a step ticked, a PIN set or cleared, a limited-time password. */
export const keyAct = pgTable(
  'key_act',
  {
    id: uuid('id').primaryKey(),
    holderId: uuid('holder_id')
      .notNull()
      .references(() => otpHolder.id),
    keyId: uuid('key_id').references(() => otpKey.id),
    procedureId: uuid('procedure_id').references(() => keyProcedure.id),
    act: text('act').notNull(),
    at: instant('at').notNull(),
    actorKind: text('actor_kind').notNull(),
    actorId: text('actor_id').notNull(),
    /** When the known number was dialled and answered. */
    calledBackAt: instant('called_back_at'),
    reason: text('reason'),
    details: jsonb('details').$type<Record<string, unknown>>().notNull().default({}),
  },
  (t) => [
    index('key_act_key_idx').on(t.keyId, t.at),
    index('key_act_holder_idx').on(t.holderId, t.at),
    // A step is ticked once.
    uniqueIndex('key_act_step_unique').on(t.procedureId, t.act),
  ],
)
