const STEPS: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-10, 0],
  PageDown: [10, 0],
  Home: [0, -1_000],
  End: [0, 1_000],
}

const clamp = (value: number, last: number): number => Math.min(Math.max(value, 0), last)

/** In: a position, a key, the size of the grid. Out: where that key leads, null when it leads nowhere. */
export function moveInGrid(
  [row, column]: readonly [number, number],
  key: string,
  [rows, columns]: readonly [number, number],
): readonly [number, number] | null {
  const step = STEPS[key]
  if (!step) return null
  return [clamp(row + step[0], rows - 1), clamp(column + step[1], columns - 1)]
}

const linksOf = (row: Element): HTMLAnchorElement[] => [
  ...row.querySelectorAll<HTMLAnchorElement>('[data-cell]'),
]

/**
 * Attachment of a table body whose cells hold one `a[data-cell]` each: one stop in the tab order, arrows from cell
 * to cell. Without JavaScript every link stays reachable by tabulation.
 */
export function gridKeys(body: HTMLElement): () => void {
  let current: HTMLAnchorElement | undefined

  function hold(link: HTMLAnchorElement | undefined) {
    if (current) current.tabIndex = -1
    current = link
    if (current) current.tabIndex = 0
  }

  function onFocus({ target }: FocusEvent) {
    const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a[data-cell]') : null
    if (link) hold(link)
  }

  function onKey(event: KeyboardEvent) {
    if (event.ctrlKey || event.altKey || event.metaKey || !current) return
    const rows = [...body.children].map(linksOf)
    const row = rows.findIndex((links) => links.includes(current as HTMLAnchorElement))
    const column = rows[row]?.indexOf(current) ?? -1
    if (row < 0 || column < 0) return
    const next = moveInGrid([row, column], event.key, [rows.length, rows[row]?.length ?? 0])
    if (!next) return
    event.preventDefault()
    rows[next[0]]?.[next[1]]?.focus()
  }

  const enter = () => {
    for (const link of body.querySelectorAll<HTMLAnchorElement>('a[data-cell]')) link.tabIndex = -1
    hold(body.querySelector<HTMLAnchorElement>('a[data-cell]') ?? undefined)
  }
  enter()
  const observer = new MutationObserver(() => {
    if (!current?.isConnected) current = undefined
    enter()
  })
  observer.observe(body, { childList: true })
  body.addEventListener('focusin', onFocus)
  body.addEventListener('keydown', onKey)
  return () => {
    observer.disconnect()
    body.removeEventListener('focusin', onFocus)
    body.removeEventListener('keydown', onKey)
  }
}
