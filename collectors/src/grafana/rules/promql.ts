/** In: an expression over several lines. Out: the same without the indentation of the code around it. */
export function promql(parts: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  const lines = String.raw({ raw: parts }, ...values.map((value) => String(value)))
    .replace(/^\n|\n\s*$/g, '')
    .split('\n')
  const margins = lines.filter((line) => line.trim()).map((line) => line.search(/\S/))
  const margin = Math.min(...margins)
  return lines.map((line) => line.slice(margin).trimEnd()).join('\n')
}
