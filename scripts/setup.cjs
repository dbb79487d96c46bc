'use strict'
const { createHash } = require('node:crypto')
const fs = require('node:fs')
const path = require('node:path')
const { ROOT, SetupError, npm, run, withNode } = require('./processes.cjs')

const DEPENDENCIES_STAMP = path.join(ROOT, 'node_modules', '.vigie-lock')
const BUILD_STAMP = path.join(ROOT, 'web', 'build', '.vigie-inputs')
const VITE = path.join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js')

const KIT = path.join(ROOT, 'node_modules', '@sveltejs', 'kit', 'svelte-kit.js')

const read = (file) => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : null)

function filesUnder(directory) {
  if (!fs.existsSync(directory)) return []
  return fs
    .readdirSync(directory, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const full = path.join(directory, entry.name)
      return entry.isDirectory() ? filesUnder(full) : [full]
    })
}

function digestOf(files) {
  const hash = createHash('sha256')
  for (const file of files) {
    hash.update(path.relative(ROOT, file)).update('\0').update(fs.readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}

/** Installs the locked dependencies unless they match the lockfile: those that run Vigie, or with `development` all. */
async function ensureDependencies(development) {
  const lock = digestOf([path.join(ROOT, 'package-lock.json')])
  const installed = read(DEPENDENCIES_STAMP)
  if (installed === `${lock} all` || (!development && installed === `${lock} run`)) return
  console.log('Installation des dépendances…')
  const selection = development ? [] : ['--omit=dev']
  await npm(['ci'].concat(selection), ROOT, 'Les dépendances n’ont pas pu être installées.')
  fs.writeFileSync(DEPENDENCIES_STAMP, `${lock} ${development ? 'all' : 'run'}`)
}

const inputsOfBuild = () =>
  digestOf(
    filesUnder(path.join(ROOT, 'web', 'src')).concat(
      filesUnder(path.join(ROOT, 'web', 'static')),
      filesUnder(path.join(ROOT, 'web', 'vite')),
      filesUnder(path.join(ROOT, 'docs', 'exploitation')),
      path.join(ROOT, 'web', 'vite.config.ts'),
      path.join(ROOT, 'package-lock.json'),
    ),
  )

/** True when the screens were built from the present inputs. */
const isBuilt = () => read(BUILD_STAMP) === inputsOfBuild()

/** Builds the screens unless the last build came from the same inputs. */
async function ensureBuild(node) {
  const inputs = inputsOfBuild()
  if (read(BUILD_STAMP) === inputs) return
  console.log('Construction des écrans…')
  const code = await run(node, [VITE, 'build', '--logLevel', 'error'], {
    cwd: path.join(ROOT, 'web'),
    env: withNode(node),
  })
  if (code !== 0) throw new SetupError('Les écrans n’ont pas pu être construits.')
  fs.writeFileSync(BUILD_STAMP, inputs)
}

/** Writes the types and settings that the screens' own sources extend: their tests need them without a build. */
async function syncScreens(node) {
  const code = await run(node, [KIT, 'sync'], { cwd: path.join(ROOT, 'web'), env: withNode(node) })
  if (code !== 0) throw new SetupError('Les écrans n’ont pas pu être préparés.')
}

module.exports = { syncScreens, ensureBuild, ensureDependencies, isBuilt }
