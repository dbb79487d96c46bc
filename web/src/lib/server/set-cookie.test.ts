import { describe, expect, it } from 'vitest'
import { parseSetCookie } from './set-cookie.ts'

describe('parseSetCookie', () => {
  it('reads every attribute the API sets', () => {
    expect(
      parseSetCookie('__Host-vigie_session=ab%3D=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=60'),
    ).toEqual({
      name: '__Host-vigie_session',
      value: 'ab%3D=',
      options: { path: '/', httpOnly: true, secure: true, sameSite: 'lax', maxAge: 60 },
    })
  })

  it('keeps the removal of a cookie a removal', () => {
    expect(parseSetCookie('vigie_session=; Path=/; Max-Age=0')?.options.maxAge).toBe(0)
    expect(
      parseSetCookie('vigie_session=; Expires=Thu, 01 Jan 1970 00:00:00 GMT')?.options.expires?.getTime(),
    ).toBe(0)
  })

  it('leaves out what it does not understand', () => {
    expect(parseSetCookie('a=b; SameSite=Sometimes; Max-Age=soon; Expires=never')?.options).toEqual({
      path: '/',
      httpOnly: false,
      secure: false,
    })
  })

  it.each(['', '=b', 'novalue', ' =x; Path=/'])('refuses %j', (header) =>
    expect(parseSetCookie(header)).toBeNull(),
  )
})
