/** A profile as `node --cpu-prof` writes it. */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number
    readonly callFrame: { readonly functionName: string; readonly url: string }
    readonly children?: readonly number[]
  }[]
  readonly samples?: readonly number[]
  readonly timeDeltas?: readonly number[]
}

const OWNERS: readonly (readonly [string, RegExp])[] = [
  [
    'pilote PostgreSQL',
    /node_modules\/(pg|pg-(pool|protocol|types)|postgres-\w+)\/|db\/src\/(verification-path|server-pool)/,
  ],
  ['codes OTP', /node_modules\/(@?otplib|@noble|@scure)|features\/otp\/codes\.ts/],
  ['sceaux et empreintes', /api\/src\/secrets\/|access\/secret\.ts/],
  [
    'journalisation',
    /node_modules\/(pino|sonic-boom|quick-format|safe-stable|thread-stream)|http\/observe\.ts/,
  ],
  ['validation (zod)', /node_modules\/(zod|@asteasolutions)/],
  ['métriques', /node_modules\/prom-client|exporters\/|http\/metrics\.ts/],
  ['HTTP (Hono)', /node_modules\/(hono|@hono)\/|api\/src\/(http|server|app)/],
  ['vérification', /api\/src\/features\/(otp|tokens)\//],
  ['tâches de fond', /node_modules\/(pg-boss|drizzle-orm)|api\/src\/jobs/],
]
const HTTP_OF_NODE = /^node:(_http|internal\/(http|url|undici|deps\/undici|webstreams|fetch)|net|stream|http)/
/** The measure starts when verifications do: starting the process is not the path. */
const PATH = /features\/otp\/verify\.ts$/
const IDLE = new Set(['(idle)', '(root)'])

/** Share of the busy time of each part, largest first: a frame of the runtime counts for the part that called it. */
export function sharesOf(profile: CpuProfile): { part: string; share: number }[] {
  const parents = new Map<number, number>()
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]))
  for (const node of profile.nodes) for (const child of node.children ?? []) parents.set(child, node.id)
  const known = new Map<number, string>()
  const partOf = (id: number): string => {
    const cached = known.get(id)
    if (cached !== undefined) return cached
    const { functionName, url } = nodes.get(id)!.callFrame
    const owner = OWNERS.find(([, pattern]) => pattern.test(url))?.[0]
    const parent = parents.get(id)
    const above = parent === undefined ? 'moteur et divers' : partOf(parent)
    const part =
      functionName === '(garbage collector)'
        ? 'ramasse-miettes'
        : (owner ??
          (above === 'moteur et divers' && HTTP_OF_NODE.test(url) ? 'HTTP et sockets de Node' : above))
    known.set(id, part)
    return part
  }
  const spent = new Map<string, number>()
  let busy = 0
  const samples = profile.samples ?? []
  const verifies = (id: number) => PATH.test(nodes.get(id)!.callFrame.url)
  const from = samples.findIndex(verifies)
  const to = samples.findLastIndex(verifies)
  samples.forEach((id, at) => {
    if (at < from || at > to) return
    if (IDLE.has(nodes.get(id)!.callFrame.functionName)) return
    const microseconds = profile.timeDeltas?.[at] ?? 0
    busy += microseconds
    spent.set(partOf(id), (spent.get(partOf(id)) ?? 0) + microseconds)
  })
  return [...spent]
    .map(([part, microseconds]) => ({ part, share: microseconds / busy }))
    .sort((a, b) => b.share - a.share)
}
