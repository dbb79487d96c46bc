import { SingleBar } from 'cli-progress'

/** A bar on the error output, silent unless it is a terminal. */
export interface ProgressBar {
  update(done: number): void
  stop(): void
}

/** In: what is counted (`octets`, `étapes`) and how many there are. */
export function progressBar(title: string, total: number): ProgressBar {
  if (!process.stderr.isTTY) return { update: () => {}, stop: () => {} }
  const bar = new SingleBar({
    format: `${title} [{bar}] {percentage} % · {eta_formatted}`,
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
  })
  bar.start(total, 0)
  return { update: (done) => bar.update(Math.min(done, total)), stop: () => bar.stop() }
}
