import {
  LAST_ATTEMPT_SECONDS,
  LOCK_AFTER,
  PAUSE_AFTER,
  PAUSES,
  SOURCE_BLOCK_MINUTES,
  SOURCE_WINDOW_MINUTES,
  SUSTAINED_HOURS,
  SUSTAINED_TIMES,
} from './outcome.ts'

/** Identifier that no holder has. */
export const NOBODY = '00000000-0000-0000-0000-000000000000'

/** How a holder is named: by the login a relying application knows, or by its identifier. */
export type Naming = 'login' | 'holder'

const named = (naming: Naming) =>
  naming === 'login'
    ? 'c.academie = $1 and c.login = $2'
    : '($1::text is null or c.academie = $1) and c.holder_id = $2::uuid'

/** Until the code of the hand-over is proven the key is not active; otherwise nothing else is heard. */
const usable = (activation: boolean) =>
  activation
    ? "not c.active and exists (select 1 from otp_key k where k.id = c.key_id and k.state = 'handed_over')"
    : 'c.active'

const CLAIM = `claimed as (
  insert into otp_answer (token_id, idempotency_key, fingerprint, accepted, expires_at)
  select $6::uuid, $7, $8, null::boolean, $3::timestamptz + interval '60 seconds' from caller where true
  on conflict (token_id, idempotency_key) do update
    set fingerprint = excluded.fingerprint, accepted = null, expires_at = excluded.expires_at
    where otp_answer.expires_at <= $3::timestamptz
  returning 1
), `

/** The service account that asks, if one does, still may: what was known of it can be older than its revocation. */
const CALLER = `caller as (
  select 1 where $6::uuid is null or exists (
    select 1 from api_token t
    where t.id = $6::uuid and t.revoked_at is null and (t.expires_at is null or t.expires_at > $3::timestamptz)
  )
), `

/** A row like the one of a holder: it weighs as much on its way. */
const NOTHING_FOUND = `false as taken, '${NOBODY}'::uuid, '${NOBODY}'::uuid, '\\x${'00'.repeat(32)}'::bytea, '${'0'.repeat(16)}',
    null::bytea, null::timestamptz, 0, 'hotp', 'SHA1', 6, null::int, '\\x${'00'.repeat(48)}'::bytea, '${'0'.repeat(16)}', 0::bigint, 0`

/**
 * First statement: takes one attempt of the holder's budget before anything is compared, whatever its outcome. When there
 * is none to take, it writes elsewhere: every refusal costs one durable commit.
 * $1 académie, $2 login or holder, $3 now, $4 source, $5 decoy slot, $6 service account or null; keyed: $7 idempotency
 * key, $8 fingerprint. A service account that may no longer ask takes nothing.
 */
const reserve = (naming: Naming, activation: boolean, keyed: boolean) => `
with ${CALLER}${keyed ? CLAIM : ''}source_blocked as (
  select 1 from otp_source where source = $4 and blocked_until > $3::timestamptz
), reserved as (
  update otp_credential c set
    fail_count = c.fail_count + 1,
    last_attempt_at = $3::timestamptz,
    paused_until = $3::timestamptz
      + (array[${[...PAUSES, LAST_ATTEMPT_SECONDS].join(',')}])[c.fail_count + 2 - ${PAUSE_AFTER}] * interval '1 second'
  from otp_secret s
  where ${named(naming)} and ${usable(activation)} and c.fail_count < ${LOCK_AFTER}
    and (c.paused_until is null or c.paused_until <= $3::timestamptz) and s.key_id = c.key_id
    and exists (select 1 from caller) and not exists (select 1 from source_blocked)${keyed ? ' and exists (select 1 from claimed)' : ''}
  returning c.holder_id, c.key_id, c.pin_mac, c.pepper_id, c.temporary_mac, c.temporary_until, c.fail_count,
    s.type, s.algorithm, s.digits, s.period, s.seed_sealed, s.seal_key_id, s.counter, s.drift
), decoy as (
  update otp_decoy set writes = writes + 1 where slot = $5 and exists (select 1 from caller) and not exists (select 1 from reserved)
  returning ${NOTHING_FOUND}
), found as (
  select true as taken, * from reserved union all select * from decoy
)
select found.*, exists (select 1 from caller) as caller, ${keyed ? 'exists (select 1 from claimed)' : 'true'} as claimed,
  exists (select 1 from source_blocked) as source_blocked,
  known.holder_id as known_holder, known.academie as known_academie, known.active as known_active,
  known.fail_count as known_failures, known.paused_until > $3::timestamptz as known_paused
from (select 1) one
left join found on true
left join (
  select c.holder_id, c.academie, c.active, c.fail_count, c.paused_until from otp_credential c where ${named(naming)}
) known on true`

const shapes = (naming: Naming) => ({
  plain: reserve(naming, false, false),
  keyed: reserve(naming, false, true),
  activation: reserve(naming, true, false),
})

export const RESERVE = { login: shapes('login'), holder: shapes('holder') } as const

const JOURNAL = `insert into journal_entry
  (at, actor_kind, actor_id, action, subject_kind, subject_id, details, request_id)`

const ANSWERED = (accepted: boolean, token: string, key: string, condition = 'true') => `answered as (
  update otp_answer set accepted = ${accepted}
  where token_id = ${token}::uuid and idempotency_key = ${key} and ${condition}
)`

/**
 * Second statement of a match: consumes the counter, clears the count and writes the attempt's record, all or nothing.
 * No row consumed means replay. $1 key, $2 counter proven, $3 drift, $4 holder, $5 now, $6 and $7 actor,
 * $8 channel, $9 request, $10 pin image or null, $11 its pepper, $12 activation, $13 token, $14 idempotency key.
 */
export const CONSUME = `
with consumed as (
  update otp_secret s set counter = $2::bigint + 1, drift = $3::int
  from otp_credential c
  where s.key_id = $1::uuid and s.counter <= $2::bigint and c.holder_id = $4::uuid and c.key_id = s.key_id
    and (c.active or $12::boolean)
  returning s.key_id
), cleared as (
  update otp_credential set fail_count = 0, paused_until = null, last_accepted_at = $5::timestamptz,
    pin_mac = coalesce($10::bytea, pin_mac), pepper_id = coalesce($11, pepper_id)
  where holder_id = $4::uuid and exists (select 1 from consumed)
), recorded as (
  ${JOURNAL}
  select $5::timestamptz, $6, $7, 'otp.accepted', 'holder', $4::text,
    jsonb_build_object('channel', $8::text, 'key', $1::text, 'counter', $2::bigint), $9
  from consumed
), ${ANSWERED(true, '$13', '$14', 'exists (select 1 from consumed)')}
select exists (select 1 from consumed) as accepted`

/** Second statement of a limited-time password, which serves until it ends. $1 key, $2 its image, then as above. */
export const ACCEPT_TEMPORARY = `
with accepted as (
  update otp_credential set fail_count = 0, paused_until = null, last_accepted_at = $4::timestamptz
  where holder_id = $3::uuid and key_id = $1::uuid and active and temporary_mac = $2::bytea
    and temporary_until > $4::timestamptz
  returning holder_id
), recorded as (
  ${JOURNAL}
  select $4::timestamptz, $5, $6, 'otp.accepted', 'holder', $3::text,
    jsonb_build_object('channel', $7::text, 'key', $1::text, 'temporary', true), $8
  from accepted
), ${ANSWERED(true, '$9', '$10', 'exists (select 1 from accepted)')}
select exists (select 1 from accepted) as accepted`

/** Time over which the slower limit forgets one failure. */
const ONE_FORGOTTEN = `interval '${SUSTAINED_HOURS} hours' / ($9::int * ${SUSTAINED_TIMES})`
/** What is not heard is not counted again: a source that insists is not blocked for ever. */
const FORGOTTEN = `(greatest(o.forgotten_at, $2::timestamptz) + case when $14::boolean then ${ONE_FORGOTTEN} else interval '0' end)`

/**
 * Second statement of a refusal: counts it against its source, locks the key when the budget is spent, and records it.
 * A last attempt whose process died before it could lock the key leaves that to the next one, once it cannot be under way.
 * $1 holder or the nil UUID, $2 now, $3 and $4 actor, $5 subject, $6 details, $7 request, $8 source, $9 failures allowed
 * to the source, $10 identifier of a transition, $11 token, $12 idempotency key, $13 this attempt was taken, $14 its
 * source was heard, $15 and $16 what may be said of the source: who relays, and for which académie.
 */
export const REFUSE = `
with counted as (
  insert into otp_source as o (source, relay, academie, failures, window_started_at, forgotten_at)
  values ($8, $15, $16, 1, $2::timestamptz, $2::timestamptz + ${ONE_FORGOTTEN})
  on conflict (source) do update set
    failures = case when o.window_started_at < $2::timestamptz - interval '${SOURCE_WINDOW_MINUTES} minutes'
      then 1 else o.failures + 1 end,
    window_started_at = case when o.window_started_at < $2::timestamptz - interval '${SOURCE_WINDOW_MINUTES} minutes'
      then $2::timestamptz else o.window_started_at end,
    blocked_until = case when o.failures + 1 >= $9::int
        and o.window_started_at >= $2::timestamptz - interval '${SOURCE_WINDOW_MINUTES} minutes'
      then $2::timestamptz + interval '${SOURCE_BLOCK_MINUTES} minutes'
      when ${FORGOTTEN} - interval '${SUSTAINED_HOURS} hours' > $2::timestamptz - ${ONE_FORGOTTEN}
      then greatest(o.blocked_until, ${FORGOTTEN} - interval '${SUSTAINED_HOURS} hours' + ${ONE_FORGOTTEN})
      else o.blocked_until end,
    forgotten_at = ${FORGOTTEN}
), spent as (
  update otp_credential set active = false, temporary_mac = null, temporary_until = null
  where holder_id = $1::uuid and active and fail_count >= ${LOCK_AFTER}
    and ($13::boolean or paused_until is null or paused_until <= $2::timestamptz)
  returning holder_id, key_id
), locked as (
  update otp_key k set state = 'locked', state_since = $2::timestamptz
  from spent where k.id = spent.key_id and k.state = 'active' returning k.id, spent.holder_id
), moved as (
  insert into key_transition (id, key_id, holder_id, transition, from_state, to_state, at, actor_kind, actor_id, reason)
  select $10::uuid, id, holder_id, 'lock', 'active', 'locked', $2::timestamptz, 'system', 'verification',
    'Dix échecs de suite' from locked
), recorded as (
  ${JOURNAL}
  values ($2::timestamptz, $3, $4, 'otp.rejected', 'holder', $5, $6::text::jsonb, $7)
), lock_recorded as (
  ${JOURNAL}
  select $2::timestamptz, 'system', 'verification', 'key.lock', 'key', id::text,
    jsonb_build_object('from', 'active', 'to', 'locked'), $7 from locked
), ${ANSWERED(false, '$11', '$12')}
select exists (select 1 from locked) as locked`

export const READ_ANSWER = `select fingerprint, accepted from otp_answer where token_id = $1::uuid and idempotency_key = $2`
