import { spawn, spawnSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { LoadedHolder } from './otp-rows.ts'

export const SCENARIO_FOLDER = resolve(import.meta.dirname, '../../load')

/** What `load/target.js` reads: whom to call, and with which keys. */
export interface ScenarioData {
  readonly url: string
  readonly token: string
  readonly readerToken: string
  readonly pin: string
  readonly holders: readonly LoadedHolder[]
  readonly victims: readonly LoadedHolder[]
}

export const hasK6 = (): boolean => spawnSync('k6', ['version']).status === 0

/**
 * Plays one scenario of `load/` for so many seconds. Out: k6's exit code, 99 when a threshold of the scenario failed.
 * `quiet` keeps its figures to itself.
 */
export async function playScenario(
  directory: string,
  name: string,
  data: ScenarioData,
  seconds: number,
  quiet = false,
): Promise<number> {
  const file = join(directory, `${name}.json`)
  await writeFile(file, JSON.stringify(data))
  const options = ['run', '--quiet', '--no-usage-report', '--summary-trend-stats', 'avg,med,p(95),p(99),max']
  const child = spawn('k6', [...options, '--address', '', join(SCENARIO_FOLDER, `${name}.js`)], {
    stdio: ['ignore', quiet ? 'ignore' : 'inherit', quiet ? 'ignore' : 'inherit'],
    env: { ...process.env, VIGIE_LOAD_DATA: file, VIGIE_LOAD_SECONDS: String(seconds), NO_COLOR: '1' },
  })
  return new Promise((done, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => done(code ?? 1))
  })
}
