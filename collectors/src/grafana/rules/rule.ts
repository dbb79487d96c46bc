/** Series that a case starts from: selector to values, in the notation of `promtool test rules`. */
export type CaseSeries = Readonly<Record<string, string>>

/** A moment of a rule's life, played by `promtool test rules`. */
export interface RuleCase {
  readonly name: string
  /** Time between two values of the series. */
  readonly interval: string
  readonly series: CaseSeries
  /** When the rule is looked at, from the start. */
  readonly at: string
}

/** One alert as it must come out; labels besides the definition's own, texts once their values are in place. */
export interface ExpectedAlert {
  readonly labels?: Readonly<Record<string, string>>
  readonly summary?: string
  readonly description?: string
}

export interface FiringCase extends RuleCase {
  readonly alerts: readonly [ExpectedAlert, ...ExpectedAlert[]]
}

export type Severity = 'critical' | 'warning' | 'info'

export interface AlertDefinition {
  readonly name: string
  readonly expr: string
  /** Time during which it must hold; null when one evaluation is enough. */
  readonly for: string | null
  readonly severity: Severity
  /** CARINE service and requirement that it is about, where there is one. */
  readonly service?: string
  readonly requirement?: string
  /** French, for the list of incidents; no name, no login. */
  readonly summary: string
  readonly description: string
  /** What it watches: expressions that have a value whenever the platform works, whether it fires or not. */
  readonly observes: readonly [string, ...string[]]
  /** Time between two evaluations in its cases, when they last days. */
  readonly evaluation?: string
  readonly fires: readonly [FiringCase, ...FiringCase[]]
  readonly silent: readonly [RuleCase, ...RuleCase[]]
}

export interface AlertGroup {
  readonly name: string
  readonly alerts: readonly AlertDefinition[]
}

export interface RecordingCase extends RuleCase {
  /** What is asked; the record itself unless a float must be rounded. */
  readonly query?: string
  readonly samples: readonly { readonly labels: string; readonly value: number }[]
}

export interface RecordingRule {
  readonly record: string
  readonly expr: string
  /** Time between two evaluations in its cases, when they last days. */
  readonly evaluation?: string
  readonly cases: readonly [RecordingCase, ...RecordingCase[]]
}

export interface RecordingGroup {
  readonly name: string
  /** Time between two evaluations; the configuration's own when null. */
  readonly interval: string | null
  readonly rules: readonly RecordingRule[]
}
