import type { Dialogue } from './dialogue.ts'
import type { Speech } from './encryption.ts'

/** Name that Vigie gives itself: an address literal says that it sends nothing (RFC 5321, 4.1.3). */
const OWN_NAME = '[127.0.0.1]'

/** In: a dialogue. Out: code and lines of one answer (RFC 5321, 4.2.1). */
async function smtpAnswer(dialogue: Dialogue): Promise<{ code: number; lines: readonly string[] }> {
  const lines: string[] = []
  for (;;) {
    const line = await dialogue.line()
    lines.push(line.slice(4).trim())
    if (line[3] !== '-') return { code: Number(line.slice(0, 3)), lines }
  }
}

async function hello(dialogue: Dialogue): Promise<readonly string[]> {
  dialogue.say(`EHLO ${OWN_NAME}`)
  const { code, lines } = await smtpAnswer(dialogue)
  return code === 250 ? lines.map((line) => line.toUpperCase()) : []
}

const startTls = async (dialogue: Dialogue): Promise<string | null> => {
  if (!(await hello(dialogue)).includes('STARTTLS')) return 'STARTTLS non proposé'
  dialogue.say('STARTTLS')
  const { code } = await smtpAnswer(dialogue)
  return code === 220 ? null : `STARTTLS refusé (${code})`
}

const greet = async (dialogue: Dialogue): Promise<string | null> => {
  const { code } = await smtpAnswer(dialogue)
  return code === 220 ? null : `accueil refusé (${code})`
}

/** A server that takes mail in: encryption is all that is looked at. */
export const RELAY: Speech = { greet, startTls, settle: () => Promise.resolve(null), goodbye: 'QUIT' }

/** A server that sends the mail of people: once encrypted, it must ask who they are (RFC 6409, 4.3). */
export const SUBMISSION: Speech = {
  ...RELAY,
  settle: async (dialogue) =>
    (await hello(dialogue)).some((line) => line.startsWith('AUTH '))
      ? null
      : 'aucune authentification proposée',
}

/** A server that gives boxes to read (RFC 9051, 6.2.1). */
export const IMAP: Speech = {
  greet: async (dialogue) => {
    const line = await dialogue.line()
    return /^\* OK\b/i.test(line) ? null : 'accueil refusé'
  },
  startTls: async (dialogue) => {
    dialogue.say('v1 STARTTLS')
    for (;;) {
      const line = await dialogue.line()
      if (line.startsWith('v1 ')) return /^v1 OK\b/i.test(line) ? null : 'STARTTLS refusé'
    }
  },
  settle: () => Promise.resolve(null),
  goodbye: 'v2 LOGOUT',
}
