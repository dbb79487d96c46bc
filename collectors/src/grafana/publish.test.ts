import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CollectionError } from '../collector.ts'
import { assembleDashboard } from './assemble.ts'
import { parc } from './dashboards/parc.ts'
import { ensureFolder, GrafanaRefusal, publishDashboard } from './publish.ts'

interface Call {
  readonly path: string | undefined
  readonly authorization: string | undefined
  readonly body: unknown
}

/** Plays Grafana's HTTP API as its documentation gives it: no Grafana runs here. */
let double: Server
let url: URL
let calls: Call[]
let answer: { status: number; body: object }
beforeAll(async () => {
  double = createServer((incoming, outgoing) => {
    void json(incoming).then((body) => {
      calls.push({ path: incoming.url, authorization: incoming.headers.authorization, body })
      outgoing.writeHead(answer.status, { 'content-type': 'application/json' })
      outgoing.end(JSON.stringify(answer.body))
    })
  })
  await new Promise<void>((done) => double.listen(0, '127.0.0.1', done))
  url = new URL(`http://127.0.0.1:${(double.address() as AddressInfo).port}/grafana`)
})
afterAll(() => new Promise((done) => double.close(done)))
beforeEach(() => {
  calls = []
  answer = {
    status: 200,
    body: {
      id: 7,
      uid: 'vigie-parc',
      url: '/grafana/d/vigie-parc/vigie-parc',
      version: 3,
      status: 'success',
    },
  }
})

const dashboard = assembleDashboard(parc, { publicUrl: 'https://vigie.exemple.fr' })
const access = () => ({ url, token: 'glsa_fictif' })

describe('publishing to Grafana', () => {
  it('writes the dashboard over the former one, in Vigie’s folder, with the token, under a sub-path', async () => {
    const published = await publishDashboard(access(), dashboard)
    expect(published).toEqual({
      uid: 'vigie-parc',
      version: 3,
      address: new URL('/grafana/d/vigie-parc/vigie-parc', url).href,
    })
    expect(calls).toMatchObject([
      {
        path: '/grafana/api/dashboards/db',
        authorization: 'Bearer glsa_fictif',
        body: {
          folderUid: 'vigie',
          overwrite: true,
          dashboard: { id: null, uid: 'vigie-parc', schemaVersion: 42 },
        },
      },
    ])
  })

  it('makes the folder, and takes one that is there already', async () => {
    await ensureFolder(access())
    answer = { status: 412, body: { message: 'the folder has been changed by someone else' } }
    await ensureFolder(access())
    answer = { status: 409, body: { message: 'a folder with that name already exists' } }
    await ensureFolder(access())
    expect(calls).toHaveLength(3)
    expect(calls[0]).toMatchObject({ path: '/grafana/api/folders', body: { uid: 'vigie', title: 'Vigie' } })
  })

  it('repeats what Grafana says when it refuses, with the remedy', async () => {
    answer = { status: 403, body: { message: 'You will need additional permissions' } }
    const refusal = await publishDashboard(access(), dashboard).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(GrafanaRefusal)
    expect(String(refusal)).toContain('You will need additional permissions')
    expect(String(refusal)).toContain('Editor')
    expect(String(refusal)).not.toContain('glsa_fictif')
  })

  it('does not take any 200 for a Grafana', async () => {
    answer = { status: 200, body: { hello: 'world' } }
    await expect(publishDashboard(access(), dashboard)).rejects.toThrow(GrafanaRefusal)
  })

  it('says when nothing answers there', async () => {
    const nowhere = { url: new URL('http://127.0.0.1:1/'), token: 'x' }
    await expect(ensureFolder(nowhere)).rejects.toThrow(CollectionError)
  })
})
