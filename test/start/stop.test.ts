import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { freePort, serve, type VigieProcess } from '../chaos/vigie-process.ts'

const ENDED = 'Arrêt demandé'

let directory: string
let vigie: VigieProcess | undefined
afterEach(async () => {
  await vigie?.kill()
  await rm(directory, { recursive: true, force: true })
})

describe('a service that is asked to stop', () => {
  it('ends in order though it is asked again meanwhile, as systemd and terminals do', async () => {
    directory = await mkdtemp(join(tmpdir(), 'vigie-stop-'))
    const port = String(await freePort())
    const running = await serve(
      { VIGIE_PORT: port, VIGIE_HOST: '127.0.0.1', VIGIE_DATA_DIR: join(directory, 'donnees') },
      `http://127.0.0.1:${port}`,
    )
    vigie = running
    const stopped = running.stop()
    await expect.poll(running.output, { timeout: 10_000, interval: 1 }).toContain(ENDED)
    await Promise.all([stopped, running.stop()])
    expect(running.output()).not.toMatch(/"level":[56]0/)
  })
})
