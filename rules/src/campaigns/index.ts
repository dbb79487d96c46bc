export * from './life.ts'
export * from './frozen.ts'
export * from './comparison.ts'
export * from './answers.ts'
