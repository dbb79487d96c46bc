export * from './holder.ts'
export * from './life.ts'
export * from './wording.ts'
