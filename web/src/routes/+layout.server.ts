import { VIGIE_INSTANCE_NAME } from '$app/env/private'
import type { LayoutServerLoad } from './$types.ts'

export const load: LayoutServerLoad = ({ locals, url }) => {
  void url.href
  return {
    instanceName: VIGIE_INSTANCE_NAME,
    me: locals.me,
    scheme: locals.scheme,
    now: locals.now.toISOString(),
  }
}
