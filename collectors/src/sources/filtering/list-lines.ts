/** A DNS name is shorter: a longer line is thrown away as it comes. */
const MAX_LINE = 1_024

/** Cuts bytes into lines as they come, holding one line at most. In: what takes each line. */
export function lineCutter(take: (line: string) => void): { feed(chunk: Uint8Array): void; end(): void } {
  let rest = ''
  let tooLong = false
  const give = (line: string) => {
    if (!tooLong && line.length <= MAX_LINE) take(line)
    tooLong = false
  }
  return {
    feed: (chunk) => {
      const lines = (
        rest + Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString('latin1')
      ).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) give(line)
      if (rest.length > MAX_LINE) {
        tooLong = true
        rest = ''
      }
    },
    end: () => {
      if (rest !== '') give(rest)
      rest = ''
    },
  }
}
