export interface SectionTab {
  readonly href: string
  readonly label: string
  /** `page` on the page itself, `true` on a page under it. */
  readonly current: 'page' | 'true' | undefined
}
