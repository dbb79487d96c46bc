/// <reference types="node" />
import type { Me } from '#lib/account.ts'
import type { Scheme } from '#lib/scheme.ts'

declare global {
  namespace App {
    interface Error {
      status: number
      message: string
      /** Short French title of the problem, when the API gave one. */
      title?: string
    }
    interface Locals {
      /** Null when nobody is signed in. */
      me: Me | null
      scheme: Scheme
      /** Instant at which the request arrived. */
      now: Date
    }
    interface PageData {
      instanceName: string
      /** Instant at which the page was made, ISO 8601: the « now » of relative dates. */
      now: string
      me: Me | null
      scheme: Scheme
      /** How the trail names the page, when not by the end of its address. */
      leaf?: string
    }
  }
}
