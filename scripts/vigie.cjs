'use strict'
const path = require('node:path')
const { ensureNode } = require('./node-runtime.cjs')
const { ROOT, SetupError, run, withNode } = require('./processes.cjs')
const { ensureBuild, ensureDependencies, isBuilt, syncScreens } = require('./setup.cjs')

const bin = (...parts) => path.join(ROOT, 'node_modules', ...parts)
const VITEST = bin('vitest', 'vitest.mjs')
const CLI = path.join('api', 'src', 'cli.ts')

/** Each task: the commands to run in order, given what was typed after its name. */
const TASKS = {
  start: (rest) => [[CLI, 'serve', '--demo', ...rest]],
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
  load: (rest) => [['test/bench/otp-load.ts', ...rest]],
  'seal:rules': () => [['test/architecture/seal-rules.ts']],
}

const LEFT_OUT =
  'Suites laissées de côté (elles demandent des paquets du système) : test/attacks, test/chaos, test/clients, test/e2e,\n' +
  'test/start, et tout sur un vrai PostgreSQL.\n' +
  'Pour les lancer : bash .ci/run, ou npm run test:system, ou DATABASE_URL=… npm test.'

const runNode = (node, args) => run(node, args, { cwd: ROOT, stdio: 'inherit', env: withNode(node) })

/** Builds the demonstration ahead of `serve --demo`, which resumes it and tells what went wrong. */
function buildDemonstration(node) {
  console.log('Construction de l’académie de démonstration…')
  return run(node, [CLI, 'demo'], { cwd: ROOT, stdio: 'ignore', env: withNode(node) })
}

/** Prepares what the task needs; a first start builds the screens and the demonstration side by side. */
async function prepare(task) {
  const [node] = await Promise.all([ensureNode(), ensureDependencies(task !== 'start' && task !== 'build')])
  if (task === 'test') {
    await syncScreens(node)
    return node
  }
  const first = task === 'start' && !isBuilt()
  await Promise.all([ensureBuild(node), first ? buildDemonstration(node) : undefined])
  return node
}

async function main([task, ...rest]) {
  if (!Object.hasOwn(TASKS, task)) {
    throw new SetupError(`Tâche inconnue : ${task}. Tâches : ${Object.keys(TASKS).join(', ')}.`)
  }
  const node = await prepare(task)
  for (const args of TASKS[task](rest)) {
    const code = await runNode(node, args)
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
