/** Values that a reader chose in a dashboard's variables, and those that Grafana gives by itself. */
export interface Chosen {
  readonly academie: string
  readonly departement: string
  readonly uai: string
}

const BUILT_IN: Readonly<Record<string, string>> = {
  __rate_interval: '40s',
  __range: '1h',
  __interval: '15s',
}

/** In: an expression of a dashboard. Out: what Grafana asks Prometheus. Errors: a variable that is not known. */
export function withValues(expr: string, chosen: Chosen): string {
  const values: Readonly<Record<string, string>> = { ...BUILT_IN, ...chosen }
  return expr.replaceAll(/\$(\w+)|\$\{(\w+)\}/g, (written, bare?: string, braced?: string) => {
    const name = bare ?? braced ?? ''
    // `$1` of label_replace is Prometheus' own.
    if (/^\d+$/.test(name)) return written
    const value = values[name]
    if (value === undefined) throw new Error(`${written} is no variable of the dashboards`)
    return value
  })
}
