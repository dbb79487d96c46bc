export * from './holder.ts'
export * from './life.ts'
