import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'

const SCRIPTS = new URL('../../deploy/backups/', import.meta.url).pathname
const PASSWORD = 'mot de passe des essais'

export interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** A directory with data to save, and the tools as a backup machine has them. */
export interface BackupSite {
  readonly directory: string
  /** Witness directory: it does not change between two backups. */
  readonly witness: string
  readonly host: string
  restic(repository: string, ...args: string[]): Promise<Ran>
  borg(repository: string, ...args: string[]): Promise<Ran>
  /** Writes the settings of a repository. Out: their file. */
  settings(repository: string, values: Readonly<Record<string, string>>): Promise<string>
  script(name: string, ...args: string[]): Promise<Ran>
  close(): Promise<void>
}

function run(command: string, args: readonly string[], env: Record<string, string>): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(command, [...args], { env, timeout: 100_000, maxBuffer: 8_000_000 }, (error, stdout, stderr) => {
      const code = error ? (typeof error.code === 'number' ? error.code : 127) : 0
      resolve({ code, stdout, stderr })
    })
  })
}

export async function aBackupSite(): Promise<BackupSite> {
  const directory = await mkdtemp(join(tmpdir(), 'vigie-sauvegardes-'))
  const witness = join(directory, 'donnees', 'temoin')
  await mkdir(witness, { recursive: true })
  // Larger than what the tools write about it, and such that nothing compresses it.
  await writeFile(join(witness, 'images.bin'), randomBytes(200_000))
  for (let n = 0; n < 4; n += 1)
    await writeFile(join(witness, `piece-${n}.txt`), `Pièce ${n}\n`.repeat(2_000))
  const path = process.env['PATH'] ?? ''
  const env = (extra: Record<string, string>) => ({
    PATH: path,
    HOME: directory,
    LANG: 'C.UTF-8',
    XDG_CACHE_HOME: join(directory, 'cache'),
    BORG_BASE_DIR: join(directory, 'borg'),
    ...extra,
  })
  const at = (repository: string) => join(directory, repository)
  const tools = (repository: string) => ({
    RESTIC_REPOSITORY: at(repository),
    RESTIC_PASSWORD: PASSWORD,
    BORG_REPO: at(repository),
    BORG_PASSPHRASE: PASSWORD,
  })
  return {
    directory,
    witness,
    host: hostname(),
    restic: (repository, ...args) => run('restic', args, env(tools(repository))),
    borg: (repository, ...args) => run('borg', args, env({ ...tools(repository), TZ: 'Europe/Paris' })),
    settings: async (repository, values) => {
      const file = join(directory, `${repository}.env`)
      const lines = Object.entries({
        VIGIE_REPOSITORY: repository,
        VIGIE_STATE_DIRECTORY: join(directory, 'etat'),
        ...tools(repository),
        ...values,
      })
      await writeFile(file, lines.map(([name, value]) => `${name}='${value}'\n`).join(''))
      return file
    },
    script: (name, ...args) => run(join(SCRIPTS, name), args, env({})),
    close: () => rm(directory, { recursive: true, force: true }),
  }
}
