import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  alertingYaml,
  ALERTS,
  alertTestYaml,
  RECORDING_GROUPS,
  recordingTestYaml,
  recordingYaml,
  RECORDINGS,
  type AlertDefinition,
  type CaseSeries,
  type RecordingRule,
  type RuleCase,
} from '@vigie/collectors'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const DEPLOY = join(import.meta.dirname, '../../deploy')
const PUBLIC_URL = 'https://vigie.exemple.fr'
const RULE_FILES = ['recording.yml', 'alerting.yml']
let directory: string

const run = (command: string, args: readonly string[]) =>
  new Promise<{ code: number; out: string; err: string }>((resolve) => {
    execFile(command, [...args], { cwd: directory }, (error, out, err) =>
      resolve({ code: error ? Number(error.code ?? 1) : 0, out, err }),
    )
  })

/** In: an expression. Out: the recording rules that it rests on, and those that these rest on. */
function recordedFor(expr: string): readonly RecordingRule[] {
  const named = RECORDINGS.filter(({ record }) => expr.includes(record))
  return [...named, ...named.flatMap((rule) => recordedFor(rule.expr))]
}

/** Plays a file of cases on the rules that it is about: the others would only be evaluated for nothing. */
async function play(recordings: readonly RecordingRule[], alerts: readonly AlertDefinition[], cases: string) {
  const groups = RECORDING_GROUPS.map((group) => ({
    ...group,
    rules: group.rules.filter((rule) => recordings.includes(rule)),
  }))
  await writeFile(join(directory, 'recording.yml'), recordingYaml(groups))
  await writeFile(join(directory, 'alerting.yml'), alertingYaml(PUBLIC_URL, [{ name: 'essai', alerts }]))
  await writeFile(join(directory, 'cases.yml'), cases)
  const { code, out, err } = await run('promtool', ['test', 'rules', 'cases.yml'])
  return { code, told: `${out}${err}` }
}
const playAlert = (alert: AlertDefinition) =>
  play(recordedFor(alert.expr), [alert], alertTestYaml(alert, RULE_FILES, PUBLIC_URL))

/** Told by one process or target alone; every other measure is read from the database, the same by all processes. */
const OWN = /^(up|probe_|db_pool_|node_)|_(total|bucket|count)(\{|$)/
const toldTwice = (series: CaseSeries): CaseSeries => ({
  ...series,
  ...Object.fromEntries(
    Object.entries(series)
      .filter(([selector]) => !OWN.test(selector))
      .map(([selector, values]) => [
        selector.includes('{') ? selector.replace(/\}$/, ',copy="1"}') : `${selector}{copy="1"}`,
        values,
      ]),
  ),
})
const withSeries = (alert: AlertDefinition, change: (series: CaseSeries) => CaseSeries): AlertDefinition => {
  const [fires, ...otherFires] = alert.fires
  const [silent, ...otherSilent] = alert.silent
  const changed = <C extends RuleCase>(played: C): C => ({ ...played, series: change(played.series) })
  return {
    ...alert,
    fires: [changed(fires), ...otherFires.map(changed)],
    silent: [changed(silent), ...otherSilent.map(changed)],
  }
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vigie-rules-'))
})
afterAll(() => rm(directory, { recursive: true, force: true }))

describe('promtool check rules', () => {
  it('finds nothing to say of the delivered rules, lint included', async () => {
    const files = RULE_FILES.map((file) => join(DEPLOY, 'prometheus/rules', file))
    const check = ['check', 'rules', '--lint=all', '--lint-fatal', ...files]
    const { code, out, err } = await run('promtool', check)
    expect(code, err).toBe(0)
    const found = [...out.matchAll(/SUCCESS: (\d+) rules found/g)].map(([, count]) => Number(count))
    expect(found).toEqual([RECORDINGS.length, ALERTS.length])
    expect(err).toBe('')
  })
})

describe('promtool test rules', () => {
  it.each(ALERTS)('$name fires where it must, and nowhere else', async (alert) => {
    const { code, told } = await playAlert(alert)
    expect(code, told).toBe(0)
  })

  it.each(ALERTS)('$name says the same when a second process tells what it reads', async (alert) => {
    const { code, told } = await playAlert(withSeries(alert, toldTwice))
    expect(code, told).toBe(0)
  })

  it.each(RECORDINGS)('$record has the values that its cases give', async (rule) => {
    const recordings = [rule, ...recordedFor(rule.expr)]
    const { code, told } = await play(recordings, [], recordingTestYaml(rule, RULE_FILES))
    expect(code, told).toBe(0)
  })

  it('tells an alert that does not fire, one that must not, and a text that differs', async () => {
    const [alert] = ALERTS as readonly [AlertDefinition, ...AlertDefinition[]]
    const [firing] = alert.fires
    const [quiet] = alert.silent
    const wrong: readonly (readonly [AlertDefinition, RegExp])[] = [
      [{ ...alert, fires: [{ ...quiet, alerts: firing.alerts }] }, /exp:\[[^\]]/],
      [{ ...alert, silent: [firing] }, /got:\[[^\]]/],
      [{ ...alert, fires: [{ ...firing, alerts: [{ description: 'Autre chose.' }] }] }, /Autre chose/],
    ]
    for (const [definition, fault] of wrong) {
      const { code, told } = await playAlert(definition)
      expect(code, told).not.toBe(0)
      expect(told).toMatch(fault)
    }
  })
})

describe('amtool', () => {
  const configuration = join(DEPLOY, 'alertmanager/alertmanager.yml')
  const receiverOf = async (...labels: readonly string[]) =>
    (
      await run('amtool', ['config', 'routes', 'test', `--config.file=${configuration}`, ...labels])
    ).out.trim()

  it('accepts the delivered configuration', async () => {
    const { code, out, err } = await run('amtool', ['check-config', configuration])
    expect(code, err).toBe(0)
    expect(out).toContain('SUCCESS')
  })

  it('hands every alert to Vigie, and tells someone by mail when it is Vigie that is down', async () => {
    for (const { name, severity } of ALERTS) {
      const expected = name === 'VigieDown' ? 'secours,vigie' : 'vigie'
      const receivers = await receiverOf(`alertname=${name}`, `severity=${severity}`)
      expect(receivers, name).toBe(expected)
    }
  })
})
