import { pageOf } from '#lib/components/keys/key-query.ts'
import { MOVE_WORDS, type Move } from '#lib/components/campaigns/campaign-view.ts'
import { apiOf, read } from '#lib/server/api.ts'
import type { PageServerLoad } from './$types.ts'

const SIDE = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}:(opening|closing)$/
const sideOf = (value: string | null) => (value !== null && SIDE.test(value) ? value : null)

export const load: PageServerLoad = async (event) => {
  const api = apiOf(event).v1
  const query = event.url.searchParams
  const left = sideOf(query.get('gauche'))
  const right = sideOf(query.get('droite'))
  const move = (Object.keys(MOVE_WORDS) as Move[]).find((known) => known === query.get('mouvement')) ?? null
  const q = (query.get('q') ?? '').trim().slice(0, 200)
  const { rows } = await read(api.campaigns.$get({ query: {} }), event.url)
  const comparison =
    left && right
      ? await read(
          api['campaign-comparison'].$get({
            query: {
              left,
              right,
              ...(move ? { move } : {}),
              ...(q ? { q } : {}),
              page: String(pageOf(query.get('page'))),
              pageSize: '50',
            },
          }),
          event.url,
        )
      : null
  return {
    left,
    right,
    move,
    q,
    comparison,
    sides: rows.flatMap(({ id, name, state }) => [
      ...(state === 'draft' ? [] : [{ value: `${id}:opening`, label: `${name}, à l’ouverture` }]),
      ...(state === 'closed' ? [{ value: `${id}:closing`, label: `${name}, à la clôture` }] : []),
    ]),
  }
}
