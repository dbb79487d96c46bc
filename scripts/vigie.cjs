'use strict'
const { spawn } = require('node:child_process')
const path = require('node:path')
const { ROOT, SetupError, ensureNode } = require('./node-runtime.cjs')
const { ensureBuild, ensureDependencies, withNode } = require('./setup.cjs')

const bin = (...parts) => path.join(ROOT, 'node_modules', ...parts)
const VITEST = bin('vitest', 'vitest.mjs')

/** Each task: the commands to run in order, given what was typed after its name. */
const TASKS = {
  start: (rest) => [['api/src/cli.ts', 'serve', '--demo', ...rest]],
  build: () => [],
  test: (rest) => [[VITEST, 'run', ...rest]],
  'test:system': (rest) => [[VITEST, 'run', '--config', 'test/vitest.system.ts', ...rest]],
  check: () => [
    [bin('typescript', 'bin', 'tsc'), '-b'],
    [
      bin('svelte-check', 'bin', 'svelte-check'),
      '--workspace',
      'web',
      '--tsconfig',
      './tsconfig.json',
      '--fail-on-warnings',
    ],
    [bin('eslint', 'bin', 'eslint.js'), '.', '--max-warnings', '0'],
    [bin('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.'],
  ],
  bench: (rest) => [['test/bench/run.ts', ...rest]],
}

const LEFT_OUT =
  'Suites laissées de côté (elles demandent des paquets du système) : test/clients, test/e2e, et tout sur un vrai PostgreSQL.\n' +
  'Pour les lancer : bash .ci/run, ou npm run test:system, ou DATABASE_URL=… npm test.'

/** Runs one command to its end; signals pass on to it. */
const run = (node, args) =>
  new Promise((resolve) => {
    const child = spawn(node, args, { cwd: ROOT, stdio: 'inherit', env: withNode(node) })
    const forward = (signal) => child.kill(signal)
    process.on('SIGINT', forward)
    process.on('SIGTERM', forward)
    child.on('exit', (code, signal) => {
      process.off('SIGINT', forward)
      process.off('SIGTERM', forward)
      resolve(signal ? 128 : code)
    })
  })

async function main([task, ...rest]) {
  if (!Object.hasOwn(TASKS, task)) {
    throw new SetupError(`Tâche inconnue : ${task}. Tâches : ${Object.keys(TASKS).join(', ')}.`)
  }
  const node = ensureNode()
  ensureDependencies()
  if (task !== 'test') ensureBuild(node)
  for (const args of TASKS[task](rest)) {
    const code = await run(node, args)
    if (code !== 0) return code
  }
  if (task === 'test') console.log(LEFT_OUT)
  return 0
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code
  },
  (error) => {
    if (!(error instanceof SetupError)) throw error
    console.error(error.message)
    process.exitCode = 2
  },
)
