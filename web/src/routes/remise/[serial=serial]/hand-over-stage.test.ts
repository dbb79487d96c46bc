import { describe, expect, it } from 'vitest'
import { rankOf, sameSerial, stageOf, STEP_NAMES, type HandOver } from './hand-over-stage.ts'

const aHandOver = (state: HandOver['state'], pinChosen = false): HandOver => ({
  serial: 'ESSAI1',
  state,
  stateLabel: state,
  digits: 6,
  holder: {
    id: '00000000-0000-4000-8000-000000000001',
    displayName: 'Camille Essai',
    login: 'camille.essai',
    function: 'directeur_ecole',
    functionLabel: 'Directeur d’école',
  },
  steps: [{ step: 'pin', label: 'Code PIN choisi', done: pinChosen }],
  next: null,
  bordereau: null,
  attemptsLeft: 10,
  pausedUntil: null,
  mine: true,
})

describe('stageOf', () => {
  it('begins with the identity, whatever the address asks', () => {
    expect(stageOf(aHandOver('initialised'), 'code', false)).toBe('identity')
    expect(stageOf(aHandOver('initialised'), null, true)).toBe('key')
  })

  it('takes up an open hand-over at its slip, and opens the PIN when asked', () => {
    expect(stageOf(aHandOver('handed_over'), null, false)).toBe('slip')
    expect(stageOf(aHandOver('handed_over'), 'code', false)).toBe('slip')
    expect(stageOf(aHandOver('handed_over'), 'pin', false)).toBe('pin')
  })

  it('asks for the first code once the PIN is chosen, and lets go back', () => {
    expect(stageOf(aHandOver('handed_over', true), null, false)).toBe('code')
    expect(stageOf(aHandOver('handed_over', true), 'pin', false)).toBe('pin')
    expect(stageOf(aHandOver('handed_over', true), 'resynchronisation', false)).toBe('resynchronisation')
  })

  it('ends when the key is in use', () => {
    expect(stageOf(aHandOver('active', true), 'pin', false)).toBe('done')
    expect(rankOf('done')).toBe(STEP_NAMES.length)
  })
})

it('reads a serial as scanners and hands write it', () => {
  expect(sameSerial(' essai 1\n', 'ESSAI1')).toBe(true)
  expect(sameSerial('ESSAI10', 'ESSAI1')).toBe(false)
})
