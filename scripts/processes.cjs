'use strict'
const { spawn } = require('node:child_process')
const path = require('node:path')

const ROOT = path.resolve(__dirname, '..')

/** A failure that the user can mend: shown as one French sentence, without a stack. */
class SetupError extends Error {}

/** Runs a command to its end, with the terminal; signals pass on to it. Resolves with its exit code. */
function run(command, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, Object.assign({ stdio: ['ignore', 'inherit', 'inherit'] }, options))
    const forward = (signal) => child.kill(signal)
    process.on('SIGINT', forward)
    process.on('SIGTERM', forward)
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      process.off('SIGINT', forward)
      process.off('SIGTERM', forward)
      resolve(signal ? 128 : code)
    })
  })
}

/** Runs npm with the host's Node. Throws SetupError with `message` when it fails. */
async function npm(args, cwd, message) {
  const quiet = args.concat('--no-audit', '--no-fund', '--loglevel=error')
  const script = process.env.npm_execpath
  const code = script
    ? await run(process.execPath, [script].concat(quiet), { cwd })
    : await run('npm', quiet, { cwd, shell: process.platform === 'win32' })
  if (code !== 0) throw new SetupError(message)
}

/** Environment in which `node` is the one that runs Vigie. */
const withNode = (node) =>
  Object.assign({}, process.env, { PATH: path.dirname(node) + path.delimiter + (process.env.PATH || '') })

module.exports = { ROOT, SetupError, npm, run, withNode }
