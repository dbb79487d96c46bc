import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readProbe } from './blackbox-answer.ts'
import { judgeFlows, type FlowReading } from './flow-verdict.ts'

describe('an answer of a blackbox exporter', () => {
  it('says whether the target was reached', () => {
    const text = (value: string) =>
      `# HELP probe_success x\n# TYPE probe_success gauge\nprobe_success ${value}\n`
    expect(readProbe(200, text('1'), 'tcp')).toBe(true)
    expect(readProbe(200, text('0'), 'tcp')).toBe(false)
  })

  it('is refused with its remedy when it is something else', () => {
    expect(() => readProbe(400, 'Unknown module "x"', 'x')).toThrow('module « x »')
    expect(() => readProbe(401, '', 'x')).toThrow('bearerTokenFile')
    expect(() => readProbe(200, '<html>', 'x')).toThrow('sans « /probe »')
    expect(() => readProbe(200, 'probe_success NaN', 'x')).toThrow()
  })
})

describe('a text of metrics', () => {
  it('never says that a target was reached unless it has the sample', () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom('probe_success 0', '# probe_success 1', 'probe_successful 1'),
    )
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const text = lines.filter((each) => !/^probe_success(\{.*\})?[ \t]+1/m.test(each)).join('\n')
        const reached = () => {
          try {
            return readProbe(200, text, 'tcp')
          } catch {
            return null
          }
        }
        expect(reached()).not.toBe(true)
      }),
    )
  })
})

describe('flows between zones', () => {
  it('are closed when the target answers from where it must, and from nowhere else', () => {
    expect(judgeFlows([{ open: [true], closed: [false] }])).toBe(true)
    expect(
      judgeFlows([
        { open: [true], closed: [false] },
        { open: [true], closed: [true] },
      ]),
    ).toBe(false)
  })

  it('prove nothing when the target is dead, or when an exporter is', () => {
    expect(judgeFlows([{ open: [false], closed: [false] }])).toBeNull()
    expect(judgeFlows([{ open: [true], closed: [null] }])).toBeNull()
    expect(judgeFlows([])).toBeNull()
  })

  it('are never said closed where one passes or where one was not tried', () => {
    const outcomes = fc.array(fc.constantFrom(true, false, null), { maxLength: 4 })
    const flows: fc.Arbitrary<FlowReading[]> = fc.array(fc.record({ open: outcomes, closed: outcomes }))
    fc.assert(
      fc.property(flows, (given) => {
        const verdict = judgeFlows(given)
        if (given.some(({ closed }) => closed.includes(true))) expect(verdict).toBe(false)
        else expect(verdict).not.toBe(false)
        if (given.some(({ closed }) => closed.includes(null))) expect(verdict).not.toBe(true)
      }),
    )
  })
})
