/** Instants are ISO days, the last day on which the system receives security updates from its maker. */
interface Release {
  readonly match: RegExp
  readonly endsOn: string
}

/** Windows by build. `standard`: Home and Pro; `enterprise`: Enterprise and Education; `ltsc`: long-term channel. */
const WINDOWS_BUILDS: Readonly<
  Record<number, { readonly standard: string; readonly enterprise?: string; readonly ltsc?: string }>
> = {
  2600: { standard: '2014-04-08' },
  6002: { standard: '2017-04-11' },
  7600: { standard: '2013-04-09' },
  7601: { standard: '2020-01-14' },
  9200: { standard: '2016-01-12' },
  9600: { standard: '2023-01-10' },
  10240: { standard: '2017-05-09', ltsc: '2025-10-14' },
  10586: { standard: '2017-10-10' },
  14393: { standard: '2018-04-10', enterprise: '2019-04-09', ltsc: '2026-10-13' },
  15063: { standard: '2018-10-09', enterprise: '2019-10-08' },
  16299: { standard: '2019-04-09', enterprise: '2020-10-13' },
  17134: { standard: '2019-11-12', enterprise: '2021-05-11' },
  17763: { standard: '2020-11-10', enterprise: '2021-05-11', ltsc: '2029-01-09' },
  18362: { standard: '2020-12-08' },
  18363: { standard: '2021-05-11', enterprise: '2022-05-10' },
  19041: { standard: '2021-12-14' },
  19042: { standard: '2022-05-10', enterprise: '2023-05-09' },
  19043: { standard: '2022-12-13' },
  19044: { standard: '2023-06-13', enterprise: '2024-06-11', ltsc: '2027-01-12' },
  19045: { standard: '2025-10-14' },
  22000: { standard: '2023-10-10', enterprise: '2024-10-08' },
  22621: { standard: '2024-10-08', enterprise: '2025-10-14' },
  22631: { standard: '2025-11-11', enterprise: '2026-11-10' },
  26100: { standard: '2026-10-13', enterprise: '2027-10-12', ltsc: '2029-10-09' },
  26200: { standard: '2027-10-12', enterprise: '2028-10-10' },
}

const WINDOWS_SERVERS: readonly Release[] = [
  { match: /server 2008/i, endsOn: '2020-01-14' },
  { match: /server 2012/i, endsOn: '2023-10-10' },
  { match: /server 2016/i, endsOn: '2027-01-12' },
  { match: /server 2019/i, endsOn: '2029-01-09' },
  { match: /server 2022/i, endsOn: '2031-10-14' },
  { match: /server 2025/i, endsOn: '2034-10-10' },
]

/** Windows named without a build: the name alone is enough for those whose every build has ended. */
const WINDOWS_NAMES: readonly Release[] = [
  { match: /windows xp/i, endsOn: '2014-04-08' },
  { match: /windows vista/i, endsOn: '2017-04-11' },
  { match: /windows 7/i, endsOn: '2020-01-14' },
  { match: /windows 8\.1/i, endsOn: '2023-01-10' },
  { match: /windows 8/i, endsOn: '2016-01-12' },
]

/** Matched on the full name followed by the version. Debian: end of its long-term support. Apple publishes no date: */
/** the newest three versions are counted as supported, by the month of the yearly release. */
const OTHERS: readonly Release[] = [
  { match: /debian\D+8\b/i, endsOn: '2020-06-30' },
  { match: /debian\D+9\b/i, endsOn: '2022-06-30' },
  { match: /debian\D+10\b/i, endsOn: '2024-06-30' },
  { match: /debian\D+11\b/i, endsOn: '2026-08-31' },
  { match: /debian\D+12\b/i, endsOn: '2028-06-30' },
  { match: /debian\D+13\b/i, endsOn: '2030-06-30' },
  { match: /ubuntu\D+14\.04/i, endsOn: '2019-04-25' },
  { match: /ubuntu\D+16\.04/i, endsOn: '2021-04-30' },
  { match: /ubuntu\D+18\.04/i, endsOn: '2023-05-31' },
  { match: /ubuntu\D+20\.04/i, endsOn: '2025-05-31' },
  { match: /ubuntu\D+22\.04/i, endsOn: '2027-04-30' },
  { match: /ubuntu\D+23\./i, endsOn: '2024-07-11' },
  { match: /ubuntu\D+24\.04/i, endsOn: '2029-04-30' },
  { match: /ubuntu\D+24\.10/i, endsOn: '2025-07-10' },
  { match: /ubuntu\D+25\.04/i, endsOn: '2026-01-15' },
  { match: /ubuntu\D+25\.10/i, endsOn: '2026-07-31' },
  { match: /ubuntu\D+26\.04/i, endsOn: '2031-04-30' },
  { match: /linux mint\D+20\b/i, endsOn: '2025-04-30' },
  { match: /linux mint\D+21\b/i, endsOn: '2027-04-30' },
  { match: /linux mint\D+22\b/i, endsOn: '2029-04-30' },
  { match: /mac ?os\D+10\./i, endsOn: '2022-09-12' },
  { match: /mac ?os\D+11\b/i, endsOn: '2023-09-26' },
  { match: /mac ?os\D+12\b/i, endsOn: '2024-09-16' },
  { match: /mac ?os\D+13\b/i, endsOn: '2025-09-15' },
  { match: /mac ?os\D+14\b/i, endsOn: '2026-09-30' },
  { match: /mac ?os\D+15\b/i, endsOn: '2027-09-30' },
  { match: /mac ?os\D+26\b/i, endsOn: '2028-09-30' },
]

/** A system as agents name it. */
export interface SystemName {
  readonly osName: string | null
  readonly osVersion: string | null
  readonly osKernel: string | null
}

const firstEnd = (releases: readonly Release[], text: string): string | null =>
  releases.find(({ match }) => match.test(text))?.endsOn ?? null

function windowsEnd(name: string, kernel: string): string | null {
  if (/server/i.test(name)) return firstEnd(WINDOWS_SERVERS, name)
  const build = WINDOWS_BUILDS[Number(/^\d+\.\d+\.(\d+)/.exec(kernel)?.[1])]
  if (!build) return firstEnd(WINDOWS_NAMES, name)
  if (/LTS[BC]/i.test(name) && build.ltsc) return build.ltsc
  const enterprise = /enterprise|entreprise|education|éducation/i.test(name)
  return (enterprise && build.enterprise) || build.standard
}

/** Out: last day (ISO) of the system's security updates, or null when the system is not in the table. */
export function supportEnd({ osName, osVersion, osKernel }: SystemName): string | null {
  if (!osName) return null
  return /windows/i.test(osName)
    ? windowsEnd(osName, osKernel ?? osVersion ?? '')
    : firstEnd(OTHERS, `${osName} ${osVersion ?? ''}`)
}

/** In: a system and an instant. Out: whether it still receives security updates, null when unknown. */
export function isSupported(system: SystemName, at: Date): boolean | null {
  const end = supportEnd(system)
  return end === null ? null : at.toISOString().slice(0, 10) <= end
}
