/** Now, epoch ms, by the tablet's own clock: `performance.now()` stands still while the tablet sleeps. */
export const tabletNow = (): number => Date.now()
