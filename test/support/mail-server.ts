import { createServer, type AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export interface ReceivedMail {
  readonly recipients: readonly string[]
  readonly content: string
}

/** A real SMTP server on a port of its own, which can be told to misbehave. */
export interface MailServer {
  readonly url: string
  urlOf(user: string, pass: string): string
  /** What arrived whole, answered or not. */
  readonly messages: readonly ReceivedMail[]
  acceptAll(): void
  /** Answers the end of the content with that code. */
  refuseData(code: number, text: string): void
  refuseRecipient(address: string, code: number): void
  /** Takes the content whole, then closes without an answer. */
  dropAfterData(): void
  dropAtRecipient(): void
  /** Keeps the next connection waiting for its greeting. */
  holdGreeting(): { readonly asked: Promise<void>; release(): void }
  close(): Promise<void>
}

const answer = (code: number, text: string) => Object.assign(new Error(text), { responseCode: code })

/** A port of this machine that nothing listens to. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}

interface Behaviour {
  refusal: Error | null
  refused: Map<string, Error>
  dropAfterData: boolean
  dropAtRecipient: boolean
  greeting: { asked: () => void; released: Promise<void> } | null
}

const obliging = (): Behaviour => ({
  refusal: null,
  refused: new Map(),
  dropAfterData: false,
  dropAtRecipient: false,
  greeting: null,
})

/** In: the credentials it asks for, if any. */
export async function aMailServer(credentials?: { user: string; pass: string }): Promise<MailServer> {
  const messages: ReceivedMail[] = []
  let behaviour = obliging()
  const server = new SMTPServer({
    authOptional: !credentials,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS', ...(credentials ? [] : ['AUTH' as const])],
    closeTimeout: 100,
    onAuth: ({ username, password }, _session, done) => {
      const right = username === credentials?.user && password === credentials?.pass
      done(right ? null : answer(535, 'Wrong credentials'), right ? { user: username } : undefined)
    },
    onConnect: (_session, done) => {
      const { greeting } = behaviour
      if (!greeting) return done()
      behaviour.greeting = null
      greeting.asked()
      void greeting.released.then(() => done())
    },
    onRcptTo: ({ address }, session, done) => {
      if (behaviour.dropAtRecipient) return drop(session.id)
      done(behaviour.refused.get(address) ?? null)
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        if (behaviour.refusal) return done(behaviour.refusal)
        messages.push({
          recipients: session.envelope.rcptTo.map(({ address }) => address),
          content: Buffer.concat(chunks).toString('utf8'),
        })
        if (behaviour.dropAfterData) return drop(session.id)
        done()
      })
    },
  })
  const drop = (sessionId: string) => {
    const connections = (
      server as unknown as { connections: Set<{ id: string; _socket: { destroy(): void } }> }
    ).connections
    for (const connection of connections) if (connection.id === sessionId) connection._socket.destroy()
  }
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    urlOf: (user, pass) => `smtp://${encodeURIComponent(user)}:${encodeURIComponent(pass)}@127.0.0.1:${port}`,
    messages,
    acceptAll: () => {
      behaviour = obliging()
    },
    refuseData: (code, text) => {
      behaviour.refusal = answer(code, text)
    },
    refuseRecipient: (address, code) => {
      behaviour.refused.set(address, answer(code, 'Not now'))
    },
    dropAfterData: () => {
      behaviour.dropAfterData = true
    },
    dropAtRecipient: () => {
      behaviour.dropAtRecipient = true
    },
    holdGreeting: () => {
      let release = () => {}
      const released = new Promise<void>((resolve) => {
        release = resolve
      })
      const asked = new Promise<void>((resolve) => {
        behaviour.greeting = { asked: resolve, released }
      })
      return { asked, release: () => release() }
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
