/** Seconds of the windows over which refusals are looked at, by their label. */
export const FAILURE_WINDOWS = { '2m': 120, '10m': 600 } as const
export type FailureWindow = keyof typeof FAILURE_WINDOWS

const BUCKET_SECONDS = 10
const BUCKETS = FAILURE_WINDOWS['10m'] / BUCKET_SECONDS

/** Refusals of each holder in this process, over sliding windows. Nothing of it names a holder outside. */
export interface FailureWindows {
  /** In: the holder who was refused, or null when the login is nobody's: the same work, and no holder. */
  refused(holder: string | null, at: Date): void
  /** Refusals of the holder most refused within the window, to the ten seconds. */
  greatest(window: FailureWindow, at: Date): number
  /** Holders held in memory. */
  readonly tracked: number
}

interface Track {
  /** Number of the newest bucket since the epoch. */
  newest: number
  /** Refusals of the last buckets, at the rank of their number. */
  readonly counts: Uint16Array
}

const bucketOf = (at: Date): number => Math.floor(at.getTime() / 1_000 / BUCKET_SECONDS)
const emptyTrack = (newest: number): Track => ({ newest, counts: new Uint16Array(BUCKETS) })

/** Forgets the buckets between the newest one and now. */
function advance(track: Track, bucket: number): void {
  const gap = Math.min(bucket - track.newest, BUCKETS)
  for (let step = 1; step <= gap; step += 1) track.counts[(bucket - gap + step) % BUCKETS] = 0
  if (bucket > track.newest) track.newest = bucket
}

function sumSince(track: Track, bucket: number, buckets: number): number {
  let sum = 0
  const oldest = Math.max(bucket - buckets + 1, track.newest - BUCKETS + 1)
  for (let number = oldest; number <= track.newest; number += 1) sum += track.counts[number % BUCKETS] ?? 0
  return sum
}

/**
 * In: how many holders are followed at most; beyond, the one refused longest ago is forgotten, so that who is under
 * attack stays.
 */
export function createFailureWindows(capacity = 10_000): FailureWindows {
  const tracks = new Map<string, Track>()
  const nobody = emptyTrack(0)
  const count = (track: Track, bucket: number) => {
    advance(track, bucket)
    const rank = bucket % BUCKETS
    track.counts[rank] = Math.min((track.counts[rank] ?? 0) + 1, 65_535)
  }
  return {
    refused: (holder, at) => {
      const bucket = bucketOf(at)
      const track = holder === null ? nobody : (tracks.get(holder) ?? emptyTrack(bucket))
      // The newest stands last, so that the first is the one to forget.
      tracks.delete(holder ?? '')
      if (holder !== null) tracks.set(holder, track)
      if (tracks.size > capacity) tracks.delete(tracks.keys().next().value ?? '')
      count(track, bucket)
    },
    greatest: (window, at) => {
      const bucket = bucketOf(at)
      let most = 0
      for (const [holder, track] of tracks) {
        if (track.newest <= bucket - BUCKETS) tracks.delete(holder)
        else most = Math.max(most, sumSince(track, bucket, FAILURE_WINDOWS[window] / BUCKET_SECONDS))
      }
      return most
    },
    get tracked() {
      return tracks.size
    },
  }
}
