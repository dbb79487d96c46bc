import { randomUUID } from 'node:crypto'
import { Agent } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { codeAt, stepAt } from '@vigie/api/features/otp/codes.ts'
import type { ManySubject } from '../support/otp-subjects.ts'
import { anAddress, postJson } from '../support/relying-party.ts'

/** What the relying application was told about one code. */
export interface Told {
  readonly keyId: string
  readonly counter: number
  /** 204s to distinct requests: a retransmission under the same idempotency key is the same request. */
  accepted: number
  /** Requests without an answer: the code may be consumed or not. */
  unanswered: number
  refused: number
}

export interface Load {
  readonly told: ReadonlyMap<string, Told>
  /** 204s so far. */
  accepted(): number
  /** Requests without an answer so far. */
  unanswered(): number
  /** Rejects when a worker met what must not be. */
  readonly failure: Promise<void>
  stop(): Promise<void>
}

const BACK_OFF_MS = 40
const PAUSE_MS = 8

type Reply = 'accepted' | 'refused' | 'none'

/**
 * Verifies code after code of these holders, `workers` at once, each holder by one of them. Half of the requests carry an
 * idempotency key and are sent again under it; accepted codes are replayed; a code without an answer is sent again.
 */
export function startLoad(
  url: string,
  token: string,
  subjects: readonly ManySubject[],
  workers: number,
): Load {
  const told = new Map<string, Told>()
  const agent = new Agent({ keepAlive: true, maxSockets: workers })
  let [running, accepted, unanswered] = [true, 0, 0]

  async function send(
    subject: ManySubject,
    counter: number,
    key: string | null = null,
    source = anAddress(),
  ): Promise<Reply> {
    const code = codeAt(subject.token, counter)
    const json = { login: subject.login, pin: subject.pin, code, source }
    const headers = key === null ? {} : { 'Idempotency-Key': key }
    const answer = await postJson(`${url}/v1/otp/verifications`, json, { token, agent, headers }).catch(
      () => null,
    )
    if (answer?.status === 204) return 'accepted'
    return answer?.status === 401 ? 'refused' : 'none'
  }

  function note(subject: ManySubject, counter: number, reply: Reply): void {
    const name = `${subject.keyId} ${counter}`
    const line = told.get(name) ?? { keyId: subject.keyId, counter, accepted: 0, unanswered: 0, refused: 0 }
    told.set(name, line)
    if (reply === 'accepted') line.accepted += 1
    else if (reply === 'refused') line.refused += 1
    else line.unanswered += 1
    if (reply === 'accepted') accepted += 1
    if (reply === 'none') unanswered += 1
  }

  async function presentOnce(subject: ManySubject, counter: number, turn: number): Promise<void> {
    const key = turn % 2 === 0 ? randomUUID() : null
    const source = anAddress()
    let reply = await send(subject, counter, key, source)
    const answered = reply === 'accepted'
    note(subject, counter, reply)
    while (reply === 'none' && running) {
      await sleep(BACK_OFF_MS)
      // A key whose first request died gives no answer for a minute: the code is presented afresh.
      reply = await send(subject, counter)
      note(subject, counter, reply)
    }
    if (reply !== 'accepted') return
    if (answered && key !== null && (await send(subject, counter, key, source)) === 'refused')
      throw new Error('a retransmission was refused')
    if (turn % 3 === 0) note(subject, counter, await send(subject, counter))
  }

  async function work(mine: readonly ManySubject[]): Promise<void> {
    const next = new Map(mine.map(({ keyId }) => [keyId, 0]))
    for (let turn = 0; running; turn += 1) {
      const subject = mine[turn % mine.length]!
      const expected = next.get(subject.keyId)!
      const counter =
        subject.token.type === 'hotp' ? expected : Math.max(expected, stepAt(subject.token, new Date()))
      const early = subject.token.type === 'totp' && counter > stepAt(subject.token, new Date())
      if (!early) {
        await presentOnce(subject, counter, turn)
        next.set(subject.keyId, counter + 1)
      }
      await sleep(PAUSE_MS)
    }
  }

  const all = Promise.all(
    Array.from({ length: workers }, (_, worker) =>
      work(subjects.filter((_subject, index) => index % workers === worker)),
    ),
  )
  const failure = all.then(
    () => {},
    (error: unknown) => {
      running = false
      throw error
    },
  )
  failure.catch(() => {})
  return {
    told,
    accepted: () => accepted,
    unanswered: () => unanswered,
    failure,
    stop: async () => {
      running = false
      try {
        await all
      } finally {
        agent.destroy()
      }
    },
  }
}
