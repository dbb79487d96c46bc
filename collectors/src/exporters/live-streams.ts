import { Gauge, type Registry } from 'prom-client'

/** Streams of the live page that this process holds open. */
export interface LiveStreams {
  opened(count: number): void
}

/** Registers the gauge of open streams. */
export function createLiveStreams(registry: Registry): LiveStreams {
  const streams = new Gauge({
    name: 'live_streams_open',
    help: 'Streams of the live page that this process holds open.',
    registers: [registry],
  })
  return { opened: (count) => streams.set(count) }
}
