'use strict'
const { createHash } = require('node:crypto')
const { spawnSync } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')
const { ROOT, SetupError, npm } = require('./node-runtime.cjs')

const DEPENDENCIES_STAMP = path.join(ROOT, 'node_modules', '.vigie-lock')
const BUILD_STAMP = path.join(ROOT, 'web', 'build', '.vigie-inputs')

const read = (file) => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : null)

function filesUnder(directory) {
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
  for (const file of files)
    hash.update(path.relative(ROOT, file)).update('\0').update(fs.readFileSync(file)).update('\0')
  return hash.digest('hex')
}

/** Installs the locked dependencies unless they already match the lockfile. */
function ensureDependencies() {
  const wanted = digestOf([path.join(ROOT, 'package-lock.json')])
  if (read(DEPENDENCIES_STAMP) === wanted) return
  console.log('Installation des dépendances…')
  npm(
    ['ci', '--no-audit', '--no-fund', '--loglevel=error'],
    ROOT,
    'Les dépendances n’ont pas pu être installées.',
  )
  fs.writeFileSync(DEPENDENCIES_STAMP, wanted)
}

/** Builds the screens unless the last build came from the same inputs. */
function ensureBuild(node) {
  const wanted = digestOf([
    ...filesUnder(path.join(ROOT, 'web', 'src')),
    ...(fs.existsSync(path.join(ROOT, 'web', 'static')) ? filesUnder(path.join(ROOT, 'web', 'static')) : []),
    path.join(ROOT, 'web', 'vite.config.ts'),
    path.join(ROOT, 'package-lock.json'),
  ])
  if (read(BUILD_STAMP) === wanted) return
  console.log('Construction des écrans…')
  const result = spawnSync(
    node,
    [path.join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn'],
    {
      cwd: path.join(ROOT, 'web'),
      stdio: ['ignore', 'inherit', 'inherit'],
      env: withNode(node),
    },
  )
  if (result.status !== 0) throw new SetupError('Les écrans n’ont pas pu être construits.')
  fs.writeFileSync(BUILD_STAMP, wanted)
}

/** Environment in which `node` is the one that runs Vigie. */
const withNode = (node) =>
  Object.assign({}, process.env, { PATH: path.dirname(node) + path.delimiter + (process.env.PATH || '') })

module.exports = { ensureBuild, ensureDependencies, withNode }
