import { schema, type Identity, type Tx } from '@vigie/db'
import { KEY_STATE_LABELS, KEY_STATES, timeZoneOf } from '@vigie/rules'
import { eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { academieName, departementName } from '../etablissements/labels.ts'
import { addDays, dayIn, instantAt, lastFriday } from './calendar.ts'
import { countActivations, countEcoles, countFigures, countMairies, countStates } from './counts.ts'
import { chosenAcademie, ownAcademies } from './own-academies.ts'
import { nextReportOf } from './report-dates.ts'
import type { DepartementProgress, Deployment, Figures } from './schema.ts'
import { readLastReport, readTrend } from './trend.ts'

/** Weeks of activations that are shown, the current one included. */
const WEEKS = 6

const NO_FIGURES: Figures = { activated: 0, handedToDirecteurs: 0, activatedByDirecteurs: 0 }

/** Fridays that end the weeks shown, oldest first; the current week ends on the next Friday, or today. */
function shownFridays(today: string): readonly string[] {
  const current = lastFriday(addDays(today, 6))
  return Array.from({ length: WEEKS }, (_, index) => addDays(current, 7 * (index - WEEKS + 1)))
}

async function readDepartements(
  tx: Tx,
  academie: string,
  fridays: readonly string[],
): Promise<DepartementProgress[]> {
  const timeZone = timeZoneOf(academie)
  const since = instantAt(addDays(fridays[0] ?? '', -6), 0, timeZone)
  const figures = await countFigures(tx, academie)
  const states = await countStates(tx, academie)
  const ecoles = await countEcoles(tx, academie)
  const mairies = await countMairies(tx, academie)
  const activations = await countActivations(tx, academie, since, timeZone)
  const codes = new Set([...states, ...ecoles].map(({ code }) => code))
  const equipmentOf = (rows: readonly { code: string; equipped: number; total: number }[], code: string) => {
    const { equipped = 0, total = 0 } = rows.find((row) => row.code === code) ?? {}
    return { equipped, total }
  }
  return [...codes].sort().map((code) => ({
    ...NO_FIGURES,
    ...figures.find((row) => row.code === code),
    code,
    name: departementName(code),
    ecoles: equipmentOf(ecoles, code),
    mairies: equipmentOf(mairies, code),
    keys: KEY_STATES.flatMap((state) => {
      const found = states.find((row) => row.code === code && row.state === state)
      return found ? [{ state, stateLabel: KEY_STATE_LABELS[state], count: found.count }] : []
    }),
    weeks: fridays.map((friday) => ({
      friday,
      activations: sum(
        activations
          .filter((row) => row.code === code && row.day <= friday && row.day > addDays(friday, -7))
          .map((row) => row.count),
      ),
    })),
  }))
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0)

function totalOf(
  departements: readonly DepartementProgress[],
): Pick<Deployment, 'now' | 'ecoles' | 'mairies'> {
  const over = (count: (row: DepartementProgress) => number) => sum(departements.map(count))
  return {
    now: {
      activated: over((row) => row.activated),
      handedToDirecteurs: over((row) => row.handedToDirecteurs),
      activatedByDirecteurs: over((row) => row.activatedByDirecteurs),
    },
    ecoles: {
      equipped: over((row) => row.ecoles.equipped),
      total: over((row) => row.ecoles.total),
    },
    mairies: {
      equipped: over((row) => row.mairies.equipped),
      total: over((row) => row.mairies.total),
    },
  }
}

/** Where the deployment of keys stands on the caller's perimeter. Errors: `forbidden`, `not_found`. */
export async function readDeployment(
  ctx: Context,
  query: { academie?: string | undefined },
): Promise<Deployment> {
  const identity: Identity = authorise(ctx.actor, 'deployment:read')
  const now = ctx.clock.now()
  return ctx.db.transact(identity, async (tx) => {
    const own = await ownAcademies(tx, identity)
    const academie = chosenAcademie(own, query.academie)
    const fridays = shownFridays(dayIn(now, timeZoneOf(academie)))
    const departements = await readDepartements(tx, academie, fridays)
    const { reportRecipient } = schema
    return {
      academie,
      academieName: academieName(academie),
      academies: own.map((code) => ({ code, name: academieName(code) })),
      ...totalOf(departements),
      departements,
      trend: await readTrend(tx, academie),
      lastReport: await readLastReport(tx, academie, now),
      nextReport: nextReportOf(now, timeZoneOf(academie)),
      recipients: await tx.$count(reportRecipient, eq(reportRecipient.academie, academie)),
      mailConfigured: ctx.config.mail !== null,
    }
  })
}
