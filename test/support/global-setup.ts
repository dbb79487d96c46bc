import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openPglite, openPostgresql } from '@vigie/db'
import type { TestProject } from 'vitest/node'
import { dropDatabase, onServer } from './on-server.ts'

/** Migrates once: an embedded snapshot, or a template database when `DATABASE_URL` names a server. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const url = process.env['DATABASE_URL']
  return url ? setupServer(project, url) : setupEmbedded(project)
}

async function setupEmbedded(project: TestProject) {
  const database = await openPglite()
  const dump = await database.dump()
  await database.close()
  const directory = await mkdtemp(join(tmpdir(), 'vigie-test-'))
  const snapshot = join(directory, 'migrated.tar')
  await writeFile(snapshot, Buffer.from(await dump!.arrayBuffer()))
  project.provide('migrated', { engine: 'pglite', snapshot })
  return () => rm(directory, { recursive: true, force: true })
}

async function setupServer(project: TestProject, url: string) {
  const template = ['vigie_template', process.pid, project.name].filter((part) => part !== '').join('_')
  await dropDatabase(url, template)
  await onServer(url, `create database ${template}`)
  const target = new URL(url)
  target.pathname = `/${template}`
  const database = await openPostgresql({ url: target.href, poolSize: 1 })
  await database.close()
  project.provide('migrated', { engine: 'postgresql', url, template })
  return () => dropDatabase(url, template)
}
