#!/usr/bin/env node
'use strict'
// Runs on any Node: finds one that executes TypeScript (22.18 or later) and hands the command over to it.
var childProcess = require('child_process')
var fs = require('fs')
var path = require('path')

var ROOT = path.resolve(fs.realpathSync(__dirname), '..', '..')
var CLI = path.join(ROOT, 'api', 'src', 'cli.ts')

var isRecent = function (version) {
  var parts = version.split('.').map(Number)
  return parts[0] > 22 || (parts[0] === 22 && parts[1] >= 18)
}

var findNode = function () {
  if (isRecent(process.versions.node)) return process.execPath
  var kept = path.join(ROOT, '.runtime', 'node', 'bin', 'node')
  return fs.existsSync(kept) ? kept : null
}

var node = findNode()
if (node === null) {
  console.error(
    'Vigie demande Node.js 22.18 ou plus récent (24 conseillé) ; celui-ci est ' +
      process.versions.node +
      '. Installez-le depuis https://nodejs.org, ou lancez npm start, qui en met un en place.',
  )
  process.exit(3)
}

var child = childProcess.spawn(
  node,
  ['--disable-warning=ExperimentalWarning', CLI].concat(process.argv.slice(2)),
  {
    stdio: 'inherit',
  },
)
var forward = function (signal) {
  child.kill(signal)
}
process.on('SIGINT', forward)
process.on('SIGTERM', forward)
child.on('exit', function (code, signal) {
  process.exit(signal ? 1 : code)
})
