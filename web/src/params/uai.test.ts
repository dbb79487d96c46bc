import { expect, it } from 'vitest'
import { uai } from './uai.ts'

it('takes a UAI whose letter is right', () => {
  const letter = 'ABCDEFGHJKLMNPRSTUVWXYZ'[990001 % 23]
  expect(uai(`0990001${letter}`)).toBe(`0990001${letter}`)
})

it.each(['0990001I', '990001A', '0990001a', '09900011', '', '0990001AA'])('refuses %j', (param) =>
  expect(uai(param)).toBeUndefined(),
)

it('refuses a wrong letter', () => {
  const right = 'ABCDEFGHJKLMNPRSTUVWXYZ'[990001 % 23]
  expect(uai(`0990001${right === 'A' ? 'B' : 'A'}`)).toBeUndefined()
})
