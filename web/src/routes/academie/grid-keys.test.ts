import { expect, it } from 'vitest'
import { moveInGrid } from './grid-keys.ts'

it.each([
  ['ArrowUp', [4, 5]],
  ['ArrowDown', [6, 5]],
  ['ArrowLeft', [5, 4]],
  ['ArrowRight', [5, 6]],
  ['Home', [5, 0]],
  ['End', [5, 15]],
  ['PageUp', [0, 5]],
  ['PageDown', [15, 5]],
])('%s leads to %j', (key, target) => expect(moveInGrid([5, 5], key, [50, 16])).toEqual(target))

it('stays inside the grid', () => {
  expect(moveInGrid([0, 0], 'ArrowUp', [50, 16])).toEqual([0, 0])
  expect(moveInGrid([49, 15], 'ArrowRight', [50, 16])).toEqual([49, 15])
})

it('leaves other keys to the browser', () => {
  expect(moveInGrid([5, 5], 'Enter', [50, 16])).toBeNull()
})
