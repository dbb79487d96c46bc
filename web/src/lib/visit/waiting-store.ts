import type { WaitingAnswer } from './waiting.ts'

/** A finding kept on the tablet with its photos until the server has them. */
export interface WaitingFinding {
  readonly kind: 'finding'
  readonly id: string
  readonly account: string
  readonly visit: string
  readonly order: number
  readonly requirement: string | null
  readonly nature: string
  readonly description: string
  readonly party: string
  readonly dueOn: string
  readonly photos: readonly { readonly name: string; readonly content: Blob }[]
  readonly reason: string | null
}

export type Waiting = WaitingAnswer | WaitingFinding

const NAME = 'vigie-visites'
const ITEMS = 'items'

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('the store refused'))
  })

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, 1)
  request.onupgradeneeded = () => {
    request.result.createObjectStore(ITEMS, { keyPath: 'id' }).createIndex('place', ['account', 'visit'])
  }
  return done(request)
}

/** What waits on this tablet, for one person and one visit; each change is on disk when its promise resolves. */
export interface WaitingStore {
  all(): Promise<Waiting[]>
  put(items: readonly Waiting[]): Promise<void>
  remove(ids: readonly string[]): Promise<void>
}

/** In: whose, and of which visit. Out: the store. Errors: when the browser keeps nothing (private window, full disk). */
export async function openWaitingStore(account: string, visit: string): Promise<WaitingStore> {
  const db = await open()
  const change = (work: (items: IDBObjectStore) => void): Promise<void> =>
    new Promise((resolve, reject) => {
      const transaction = db.transaction(ITEMS, 'readwrite', { durability: 'strict' })
      transaction.oncomplete = () => resolve()
      transaction.onabort = () => reject(transaction.error ?? new Error('the store refused'))
      work(transaction.objectStore(ITEMS))
    })
  return {
    all: () =>
      done(
        db
          .transaction(ITEMS)
          .objectStore(ITEMS)
          .index('place')
          .getAll(IDBKeyRange.only([account, visit])) as IDBRequest<Waiting[]>,
      ),
    put: (items) => change((store) => items.forEach((item) => void store.put(item))),
    remove: (ids) => change((store) => ids.forEach((id) => void store.delete(id))),
  }
}
