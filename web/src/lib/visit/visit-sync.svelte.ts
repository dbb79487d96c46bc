import { forgetPage, keepPage } from './offline-page.ts'
import { tabletNow } from './tablet-clock.ts'
import { sendAnswers, sendFinding } from './send-waiting.ts'
import { openWaitingStore, type Waiting, type WaitingFinding, type WaitingStore } from './waiting-store.ts'
import {
  acknowledged,
  isoOf,
  keepGiven,
  settleSent,
  toSend,
  type Given,
  type StandingAnswer,
  type WaitingAnswer,
} from './waiting.ts'
import { MOST_WAITING_BYTES } from './visit-view.ts'

const BATCH = 50
const PAUSE_MS = 1_000
const RETRY_MS = 15_000

const isAnswer = (item: Waiting): item is WaitingAnswer => item.kind === 'answer'

/** A random UUID; `crypto.randomUUID` is missing where the page is not served over https. */
function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** What a tablet keeps of a visit, and how it goes to the server: kept first, sent when it can, forgotten last. */
export class VisitSync {
  items = $state<readonly Waiting[]>([])
  /** Read from the tablet: what was kept is in view. */
  awake = $state(false)
  sending = $state(false)
  offline = $state(false)
  signedOut = $state(false)
  /** The page will open without the network. */
  kept = $state(false)
  /** The browser refuses to keep anything. */
  storeless = $state(false)
  refusal = $state<string | null>(null)

  readonly answers = $derived(this.items.filter(isAnswer))
  readonly findings = $derived(this.items.filter((item): item is WaitingFinding => item.kind === 'finding'))
  readonly waiting = $derived(
    this.answers.filter(({ outcome }) => outcome === null).length + this.findings.length,
  )

  readonly #account: string
  readonly #visit: string
  readonly #refresh: () => Promise<unknown>
  #store: WaitingStore | null = null
  #running = false
  #wanted = false
  #page: Promise<void> = Promise.resolve()
  #again = false
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(account: string, visit: string, refresh: () => Promise<unknown>) {
    this.#account = account
    this.#visit = visit
    this.#refresh = refresh
  }

  /** Out: what stops it. */
  start(): () => void {
    const back = () => void this.flush()
    const away = () => {
      this.offline = true
    }
    window.addEventListener('online', back)
    window.addEventListener('offline', away)
    const retry = setInterval(() => {
      if (this.waiting > 0) void this.flush()
    }, RETRY_MS)
    void this.#wake()
    return () => {
      window.removeEventListener('online', back)
      window.removeEventListener('offline', away)
      clearInterval(retry)
      clearTimeout(this.#timer)
    }
  }

  async #wake(): Promise<void> {
    try {
      this.#store = await openWaitingStore(this.#account, this.#visit)
      // Otherwise the browser may forget what waits, when space is short or after days.
      void navigator.storage?.persist?.()
      this.items = await this.#store.all()
    } catch {
      this.storeless = true
    }
    this.offline = !navigator.onLine
    this.awake = true
    await this.flush()
  }

  /** In: whether this page is to open without the network. One change after the other: the last one stands. */
  hold(wanted: boolean): Promise<void> {
    this.#wanted = wanted
    this.#page = this.#page.then(async () => {
      if (!this.#wanted) await forgetPage()
      this.kept = this.#wanted && (await keepPage())
    })
    return this.#page
  }

  /** Keeps what is answered now; sends it in a moment. */
  give(given: Given, shown: StandingAnswer | null): void {
    const order = tabletNow()
    const answeredAt = isoOf(order)
    const item = keepGiven(this.answers, shown, given, {
      ...{ id: uuid(), order, answeredAt },
      account: this.#account,
      visit: this.#visit,
    })
    if (!item) return
    void this.#keep([item])
    this.#soon()
  }

  /** Keeps a finding with its photos. Out: why it cannot be kept, or null. */
  async note(
    finding: Pick<WaitingFinding, 'requirement' | 'nature' | 'description' | 'party' | 'dueOn' | 'photos'>,
  ): Promise<string | null> {
    const bytes = [...this.findings, finding]
      .flatMap(({ photos }) => photos)
      .reduce((sum, { content }) => sum + content.size, 0)
    if (bytes > MOST_WAITING_BYTES)
      return 'Trop de photos attendent déjà sur cette tablette : retrouvez le réseau pour les envoyer d’abord.'
    const kept = await this.#keep([
      {
        kind: 'finding',
        id: uuid(),
        order: tabletNow(),
        reason: null,
        account: this.#account,
        visit: this.#visit,
        ...finding,
      },
    ])
    if (!kept) return 'La tablette n’a pas pu garder ce constat : libérez de la place, ou réessayez en ligne.'
    void this.flush()
    return null
  }

  /** Takes back what was refused, once its author has read why. */
  async discard(id: string): Promise<void> {
    this.items = this.items.filter((item) => item.id !== id)
    await this.#store?.remove([id])
  }

  /** Sends again what was refused: the visit was reopened, or what stood in the way is gone. */
  async sendAgain(id: string): Promise<void> {
    const item = this.items.find((waiting) => waiting.id === id)
    if (!item) return
    await this.#keep([
      item.kind === 'answer' ? { ...item, outcome: null, reason: null } : { ...item, reason: null },
    ])
    await this.flush()
  }

  async #keep(changed: readonly Waiting[]): Promise<boolean> {
    const ids = changed.map(({ id }) => id)
    this.items = [...this.items.filter(({ id }) => !ids.includes(id)), ...changed]
    try {
      // What is kept is plain data: the store cannot clone what the screen watches.
      await this.#store?.put(changed.map((item) => ({ ...item })))
      return this.#store !== null
    } catch {
      this.storeless = true
      return false
    }
  }

  #soon(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.flush(), PAUSE_MS)
  }

  /** Sends what waits, one sending at a time, until nothing is left or the network is. */
  async flush(): Promise<void> {
    this.#again = true
    if (this.#running) return
    this.#running = true
    try {
      while (this.#again) {
        this.#again = false
        this.sending = true
        const arrived = (await this.#sendAnswers()) || (await this.#sendFindings())
        if (arrived) {
          this.#again = true
          await this.#readAgain()
        }
      }
    } finally {
      this.sending = false
      this.#running = false
    }
  }

  get #sender() {
    return { account: this.#account, visit: this.#visit }
  }

  async #sendAnswers(): Promise<boolean> {
    const batch = toSend(this.answers).slice(0, BATCH)
    if (batch.length === 0) return false
    await this.#keep(batch.map((item) => ({ ...item, attempted: true })))
    const sent = await sendAnswers(this.#sender, batch)
    if (!this.#heard(sent)) return false
    await this.#keep(settleSent(batch, sent.data.results) as WaitingAnswer[])
    return true
  }

  async #sendFindings(): Promise<boolean> {
    const next = this.findings.find(({ reason }) => reason === null)
    if (!next) return false
    const sent = await sendFinding(this.#sender, next)
    if (sent.kind === 'refused') {
      await this.#keep([{ ...next, reason: sent.detail }])
      return true
    }
    if (!this.#heard(sent)) return false
    await this.discard(next.id)
    return true
  }

  #heard<S extends { readonly kind: string }>(sent: S): sent is Extract<S, { kind: 'arrived' }> {
    this.offline = sent.kind === 'offline'
    this.signedOut = sent.kind === 'signed_out'
    this.refusal = 'detail' in sent ? String(sent.detail) : null
    return sent.kind === 'arrived'
  }

  /** Reads the page again, then forgets what it now shows. */
  async #readAgain(): Promise<void> {
    const settled = acknowledged(this.answers).map(({ id }) => id)
    await this.#refresh()
    const before = this.kept
    await this.hold(this.#wanted)
    // A browser without a worker has nothing older to open: the page itself is the only copy.
    if (this.#wanted && before && !this.kept && 'serviceWorker' in navigator) {
      this.kept = before
      return
    }
    this.items = this.items.filter(({ id }) => !settled.includes(id))
    await this.#store?.remove(settled)
  }
}
