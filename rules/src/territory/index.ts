export * from './academies.ts'
export * from './departements.ts'
export * from './regions.ts'
export * from './uai.ts'
