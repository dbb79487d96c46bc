import { rowsOf, type Tx } from '@vigie/db'
import { sql } from 'drizzle-orm'
import type { People } from './read-people.ts'
import type { OwnProof } from './proofs.ts'

/** CARINE MCO-SEI-6: the head has an account, hence the supervision page, where measures come in now. */
export async function supervisionDashboards(tx: Tx, { heads }: People, at: Date): Promise<OwnProof[]> {
  const result = await tx.execute(sql`
    select c.uai from evidence_current c join etablissement e on e.uai = c.uai
    where c.key = 'supervision.targets' and c.value > '0'::jsonb
      and c.expires_at > ${at.toISOString()}::timestamptz and e.state = 'ouvert'`)
  const led = new Set(heads)
  return rowsOf<{ uai: string }>(result).map(({ uai }) => ({
    uai,
    key: 'supervision.dashboard',
    value: led.has(uai),
  }))
}
