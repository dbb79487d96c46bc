import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequest } from '@sveltejs/kit/node'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { formWithFiles } from './form-with-files.ts'

/** Reads forms as the server of the screens does, with a small limit, and says which fields it found. */
const server = createServer((request, response) => {
  const base = 'http://ecole.exemple.fr'
  void formWithFiles(getRequest({ base, request, bodySizeLimit: 20_000 })).then(
    (form) => response.end(form === null ? 'too long' : [...form.keys()].join(' ')),
    () => response.writeHead(500).end(),
  )
})
let address: string
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

const send = async (bytes: number) => {
  const body = new FormData()
  body.set('commentaire', 'Charte signée')
  body.set('fichiers', new File(['a'.repeat(bytes)], 'charte.pdf'))
  return (await fetch(address, { method: 'POST', body })).text()
}

it('reads a form with its files, and tells one that is longer than what is taken at once', async () => {
  expect(await send(1_000)).toBe('commentaire fichiers')
  expect(await send(100_000)).toBe('too long')
})
