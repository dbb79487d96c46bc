import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { CollectionError, type CollectorIo } from '../collector.ts'
import { runCollector } from '../run.ts'
import { readAvailabilityAnswer } from './availability-answer.ts'
import { httpRequest } from './http-request.ts'
import { readPrometheusAnswer } from './prometheus-answer.ts'
import { prometheusMappingSchema } from './prometheus-mapping.ts'
import { prometheus } from './prometheus.ts'

const NOW = new Date('2026-11-16T09:00:00Z')
const SECONDS = NOW.getTime() / 1_000
const [ENTRY] = prometheusMappingSchema.parse([
  { key: 'backup.last_success_age', query: 'max by (uai) (age)', transform: 'seconds_to_hours' },
])
const vector = (...result: unknown[]) =>
  JSON.stringify({ status: 'success', data: { resultType: 'vector', result } })
const series = (uai: string | undefined, value: string, at = SECONDS) => ({
  metric: uai === undefined ? {} : { uai },
  value: [at, value],
})
const ofService = (uai: string, service: string, value: string) => ({
  metric: { uai, service, academie: '98' },
  value: [SECONDS, value],
})
const read = (text: string, status = 200) => readPrometheusAnswer(status, text, ENTRY!, NOW)

describe('readPrometheusAnswer', () => {
  it('turns each series into one observation, in the unit of the key', () => {
    expect(read(vector(series('0990001N', '7200', SECONDS - 30))).evidence).toEqual([
      {
        uai: '0990001N',
        key: 'backup.last_success_age',
        value: 2,
        observedAt: new Date('2026-11-16T08:59:30Z'),
        source: 'Prometheus',
      },
    ])
  })

  it('takes an empty vector for no data, not for a failure', () => {
    expect(read(vector())).toEqual({ evidence: [], availability: [], failures: [], ignored: [] })
  })

  it('ignores and counts NaN, infinities, series without UAI and values out of bounds', () => {
    const { evidence, ignored } = read(
      vector(
        series('0990001N', 'NaN'),
        series('0990002P', '+Inf'),
        series(undefined, '1'),
        series('lycée', '1'),
        series('0990003R', '-7200'),
      ),
    )
    expect(evidence).toEqual([])
    expect(ignored.reduce((sum, { count }) => sum + count, 0)).toBe(5)
  })

  it('fails, for that establishment alone, when the query gives it several series', () => {
    const { evidence, failures } = read(
      vector(series('0990001N', '3600'), series('0990001N', '7200'), series('0990002P', '3600')),
    )
    expect(evidence.map(({ uai }) => uai)).toEqual(['0990002P'])
    expect(failures).toMatchObject([{ uais: ['0990001N'], keys: ['backup.last_success_age'] }])
  })

  it('never dates an observation after now', () => {
    expect(read(vector(series('0990001N', '1', SECONDS + 999))).evidence[0]?.observedAt).toEqual(NOW)
  })

  it('fails on an error of Prometheus, a scalar, a page of HTML, refused credentials', () => {
    const error = { status: 'error', errorType: 'bad_data', error: 'parse error: unclosed left parenthesis' }
    expect(() => read(JSON.stringify(error), 400)).toThrow(/unclosed/)
    const scalar = { status: 'success', data: { resultType: 'scalar', result: [SECONDS, '2'] } }
    expect(() => read(JSON.stringify(scalar))).toThrow(/scalar/)
    expect(() => read('<html>', 502)).toThrow(/502/)
    expect(() => read('Unauthorized', 401)).toThrow(/identifiants/)
  })

  it('whatever the answer, brings back evidence that fits the key or throws a CollectionError', () => {
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .array(
          fc.record({
            metric: fc.dictionary(fc.constantFrom('uai', 'job'), fc.constantFrom('0990001N', 'x')),
            value: fc.tuple(fc.double({ noNaN: true }), fc.oneof(fc.string(), fc.double().map(String))),
          }),
        )
        .map((result) => vector(...result)),
    )
    fc.assert(
      fc.property(text, (answer) => {
        try {
          for (const { value } of read(answer).evidence) expect(value).toBeGreaterThanOrEqual(0)
        } catch (error) {
          expect(error).toBeInstanceOf(CollectionError)
        }
      }),
    )
  })
})

describe('readAvailabilityAnswer', () => {
  const shares = (text: string) => readAvailabilityAnswer(200, text, '7d', NOW)

  it('gives one share per service of an establishment', () => {
    expect(shares(vector(ofService('0990001N', 'UTI-PUB', '0.75'))).availability).toEqual([
      { uai: '0990001N', service: 'UTI-PUB', span: '7d', ratio: 0.75, observedAt: NOW },
    ])
    expect(shares(vector())).toEqual({ availability: [], ignored: [] })
  })

  it('takes a mean that passes 1 by its last bit for 1', () => {
    const { availability } = shares(vector(ofService('0990001N', 'UTI-PUB', '1.0000000000000002')))
    expect(availability[0]?.ratio).toBe(1)
  })

  it('counts what it leaves out: no UAI, no such service, NaN, out of bounds, two series of one service', () => {
    const { availability, ignored } = shares(
      vector(
        ofService('lycée', 'UTI-PUB', '1'),
        ofService('0990001N', 'web', '1'),
        ofService('0990001N', 'UTI-MSG', 'NaN'),
        ofService('0990001N', 'UTI-CTR', '1.2'),
        ofService('0990001N', 'UTI-PUB', '1'),
        ofService('0990001N', 'UTI-PUB', '0'),
      ),
    )
    expect(availability).toEqual([])
    expect(ignored.reduce((sum, { count }) => sum + count, 0)).toBe(5)
  })

  it('whatever the samples, gives shares from 0 to 1, one per service', () => {
    const sample = fc.record({
      metric: fc.record({
        uai: fc.constantFrom('0990001N', '0990002P', 'x'),
        service: fc.constantFrom('UTI-PUB', 'MCO-SVG', ''),
      }),
      value: fc.tuple(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.oneof(fc.string(), fc.double().map(String)),
      ),
    })
    fc.assert(
      fc.property(fc.array(sample), (samples) => {
        const { availability } = shares(vector(...samples))
        for (const { ratio } of availability) expect(ratio >= 0 && ratio <= 1).toBe(true)
        const names = availability.map(({ uai, service }) => `${uai} ${service}`)
        expect(new Set(names).size).toBe(names.length)
      }),
    )
  })
})

describe('prometheusMappingSchema', () => {
  it('names an unknown key, a transform that does not fit the key, a key given twice', () => {
    const paths = (input: unknown) =>
      prometheusMappingSchema.safeParse(input).error?.issues.map(({ path }) => path.join('/'))
    expect(paths([{ key: 'backup.unknown', query: 'up' }])).toEqual(['0/key'])
    expect(paths([{ key: 'backup.encrypted_at_rest', query: 'up' }])).toEqual(['0/transform'])
    expect(paths([{ key: 'logs.retention', query: 'up', transform: 'bool' }])).toEqual(['0/transform'])
    const entry = { key: 'logs.retention', query: 'up' }
    expect(paths([entry, entry])).toEqual(['1/key'])
    expect(paths([])).toEqual([''])
  })
})

describe('runCollector on the Prometheus collector', () => {
  const open: (() => Promise<void>)[] = []
  afterEach(async () => {
    await Promise.all(open.splice(0).map((close) => close()))
  })
  async function serve(answer: (request: IncomingMessage) => { status: number; text: string } | null) {
    const server = createServer((request, response) => {
      request.resume()
      const given = answer(request)
      if (given) response.writeHead(given.status).end(given.text)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    open.push(
      () =>
        new Promise((resolve) => {
          server.closeAllConnections()
          server.close(() => resolve())
        }),
    )
    return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/prom/`)
  }
  const io = { now: () => new Date(), request: httpRequest }
  const options = { timeoutMs: 500, retries: 2, retryDelayMs: 10 }
  const mapping = prometheusMappingSchema.parse([
    { key: 'supervision.targets', query: 'count by (uai) (up)' },
  ])

  it('retries a failure that may pass, with its credentials, below the path of the address', async () => {
    const seen: string[] = []
    const url = await serve((request) => {
      seen.push(`${request.method} ${request.url} ${request.headers.authorization}`)
      return seen.length < 3
        ? { status: 503, text: 'starting' }
        : { status: 200, text: vector(series('0990001N', '4')) }
    })
    const credentials = { kind: 'bearer', token: 'secret' } as const
    const run = await runCollector(prometheus, { url, mapping, credentials }, io, options)
    expect(run).toMatchObject({ outcome: 'success', attempts: 3, error: null })
    expect(new Set(seen)).toEqual(new Set(['POST /prom/api/v1/query Bearer secret']))
  })

  it('fails, and says so without the secret, when nobody answers in time', async () => {
    const url = await serve(() => null)
    const credentials = { kind: 'basic', user: 'vigie', password: 'secret' } as const
    const run = await runCollector(prometheus, { url, mapping, credentials }, io, {
      ...options,
      timeoutMs: 100,
      retries: 0,
    })
    expect(run).toMatchObject({
      outcome: 'failed',
      failures: [{ keys: ['supervision.targets'], uais: 'all' }],
    })
    expect(JSON.stringify(run)).not.toContain('secret')
  })

  it('fails when the port is closed, and has no data when nothing is known', async () => {
    const url = await serve(() => ({ status: 200, text: vector() }))
    expect(await runCollector(prometheus, { url, mapping }, io, options)).toMatchObject({
      outcome: 'no_data',
    })
    await open.pop()?.()
    expect(await runCollector(prometheus, { url, mapping }, io, options)).toMatchObject({
      outcome: 'failed',
      attempts: 3,
      error: expect.stringContaining('connexion refusée') as string,
    })
  })

  it('reads the availability that the rules record, over three spans, in the same run', async () => {
    const asked: string[] = []
    const url = await serve(() => ({ status: 200, text: vector() }))
    const spy: CollectorIo = {
      ...io,
      request: (address, request, signal) => {
        asked.push(new URLSearchParams(request.body).get('query') ?? '')
        return httpRequest(address, request, signal)
      },
    }
    const run = await runCollector(prometheus, { url, mapping, availability: true }, spy, options)
    expect(run).toMatchObject({ outcome: 'no_data', availability: [] })
    expect(asked.toSorted()).toEqual([
      'count by (uai) (up)',
      'service:availability:ratio_1d',
      'service:availability:ratio_30d',
      'service:availability:ratio_7d',
    ])
  })

  it('succeeds on availability alone, and says a refused record without failing a key', async () => {
    const answers = new Map([
      [
        'service:availability:ratio_1d',
        { status: 200, text: vector(ofService('0990001N', 'UTI-PUB', '0.5')) },
      ],
      ['service:availability:ratio_7d', { status: 422, text: '{"status":"error","errorType":"execution"}' }],
    ])
    const fake: CollectorIo = {
      ...io,
      request: (_address, { body }) =>
        Promise.resolve(
          answers.get(new URLSearchParams(body).get('query') ?? '') ?? { status: 200, text: vector() },
        ),
    }
    const url = new URL('http://prometheus.exemple.fr')
    const run = await runCollector(prometheus, { url, mapping, availability: true }, fake, options)
    expect(run).toMatchObject({ outcome: 'success', failures: [], availability: [{ ratio: 0.5 }] })
    expect(run.ignored).toHaveLength(1)
  })

  it('keeps the keys that answered when another query is refused', async () => {
    let calls = 0
    const url = await serve(() => {
      calls += 1
      return calls === 1
        ? { status: 400, text: '{"status":"error","errorType":"bad_data","error":"parse error"}' }
        : { status: 200, text: vector(series('0990001N', '4')) }
    })
    const two = prometheusMappingSchema.parse([
      { key: 'supervision.targets', query: 'count(' },
      { key: 'supervision.targets_up', query: 'sum by (uai) (up)' },
    ])
    const run = await runCollector(prometheus, { url, mapping: two }, io, options)
    expect(run.outcome).toBe('success')
    expect(run.failures).toHaveLength(1)
    expect(run.evidence).toHaveLength(1)
  })
})
