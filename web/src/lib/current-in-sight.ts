/** In: a bar that scrolls sideways on a phone. Brings its current entry to the middle. */
export function bringCurrentInSight(bar: HTMLElement | undefined): void {
  const current = bar?.querySelector<HTMLElement>('[aria-current]')
  if (bar && current) bar.scrollLeft = current.offsetLeft - (bar.clientWidth - current.offsetWidth) / 2
}
