import { VIGIE_API_URL } from '$app/env/private'
import { error, fail, redirect, type ActionFailure, type RequestEvent } from '@sveltejs/kit'
import type { AppType } from '@vigie/api'
import { hc, type ClientResponse } from 'hono/client'
import type { SuccessStatusCode } from 'hono/utils/http-status'
import type { Client } from '#lib/api-client.ts'
import { problemOf, UNREACHABLE, type Problem } from './problem.ts'
import { parseSetCookie } from './set-cookie.ts'

type Relayed = Pick<RequestEvent, 'cookies' | 'request' | 'url' | 'getClientAddress'>

/** Body of the 2xx answers of a call; `undefined` when they have none. */
type Body<R> =
  R extends ClientResponse<infer T, infer S, infer F>
    ? S extends SuccessStatusCode
      ? F extends 'json'
        ? T
        : undefined
      : never
    : never

/**
 * The API on behalf of the person behind this request: her cookies, origin and address go with each call, and
 * the cookies that the API sets come back to her browser.
 */
export const apiOf = (event: Relayed): Client =>
  hc<AppType>(VIGIE_API_URL, {
    headers: () => ({
      accept: 'application/json, application/problem+json',
      cookie: event.cookies
        .getAll({ decode: (value) => value })
        .map(({ name, value }) => `${name}=${value}`)
        .join('; '),
      origin: event.url.origin,
      'x-forwarded-for': event.getClientAddress(),
      'x-forwarded-host': event.url.host,
      'x-forwarded-proto': event.url.protocol.replace(':', ''),
      'user-agent': event.request.headers.get('user-agent') ?? 'vigie-web',
    }),
    fetch: async (input: RequestInfo | URL, init?: RequestInit) => {
      const response = await fetch(input, { ...init, redirect: 'manual' })
      for (const header of response.headers.getSetCookie()) {
        const cookie = parseSetCookie(header)
        if (cookie)
          event.cookies.set(cookie.name, cookie.value, { ...cookie.options, encode: (value) => value })
      }
      return response
    },
  })

/** A call that reached the API, or the problem of not reaching it. */
async function reached<R extends Response | ClientResponse<unknown>>(call: Promise<R>): Promise<R | null> {
  try {
    return await call
  } catch (fault) {
    if (fault instanceof TypeError) return null
    throw fault
  }
}

async function bodyOf<R extends ClientResponse<unknown, number, string>>(response: R): Promise<Body<R>> {
  const text = await response.text()
  return (text === '' ? undefined : JSON.parse(text)) as Body<R>
}

/**
 * In: a call made by a `load`. Out: its JSON body. Errors: a refusal becomes the error page with the API's French
 * detail; a lost session leads back to sign-in.
 */
export async function read<R extends ClientResponse<unknown, number, string>>(
  call: Promise<R>,
  url?: URL,
): Promise<Body<R>> {
  const response = await reached(call)
  if (response === null) return refuse(UNREACHABLE)
  if (response.ok) return bodyOf(response)
  if (response.status === 401) redirect(303, signInPath(url))
  return refuse(await problemOf(response))
}

const FILE_HEADERS = ['content-type', 'content-disposition', 'content-length'] as const

/**
 * In: a call that answers with a file. Out: that file for the browser, under its own name. Errors: as for `read`.
 */
export async function relayFile(
  call: Promise<ClientResponse<unknown, number, string>>,
  url: URL,
): Promise<Response> {
  const response = await reached(call)
  if (response === null) return refuse(UNREACHABLE)
  if (response.status === 401) redirect(303, signInPath(url))
  if (!response.ok) return refuse(await problemOf(response))
  const headers = new Headers({ 'Cache-Control': 'private, no-store' })
  for (const name of FILE_HEADERS) {
    const value = response.headers.get(name)
    if (value !== null) headers.set(name, value)
  }
  return new Response(response.body as ReadableStream | null, { headers })
}

/** In: the form of an action and the name of a file field. Out: the file; null when none was chosen. */
export function fileOf(form: FormData, name: string): File | null {
  const value = form.get(name)
  return value instanceof File && value.size > 0 ? value : null
}

/** Outcome of a call made by a form action. */
export type Submitted<T, Kept> =
  | { readonly ok: true; readonly data: T }
  | { readonly ok: false; readonly failure: ActionFailure<Problem & Kept>; readonly problem: Problem }

/**
 * In: a call made by a form action, and what the form must keep showing. Out: its body, or the failure to return,
 * with the API's French detail.
 */
export async function submit<R extends ClientResponse<unknown, number, string>, Kept extends object = object>(
  call: Promise<R>,
  kept: Kept = {} as Kept,
): Promise<Submitted<Body<R>, Kept>> {
  const response = await reached(call)
  if (response?.ok) return { ok: true, data: await bodyOf(response) }
  const problem = response === null ? UNREACHABLE : await problemOf(response)
  return { ok: false, problem, failure: fail(problem.status, { ...kept, ...problem }) }
}

/** In: where the person was going. Out: the address of the sign-in page, which leads there afterwards. */
export function signInPath(url: URL | undefined): string {
  const target = url ? url.pathname + url.search : '/'
  return target === '/' ? '/connexion' : `/connexion?vers=${encodeURIComponent(target)}`
}

const refuse = (problem: Problem): never => error(problem.status, problem.detail, { title: problem.title })
