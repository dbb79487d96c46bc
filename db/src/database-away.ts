/** The database gives no connection, or lost the one that worked: nothing says that the request is wrong. */
export class DatabaseAwayError extends Error {
  readonly code = 'DATABASE_AWAY'

  constructor(cause: unknown) {
    super('the database is away', { cause })
    this.name = 'DatabaseAwayError'
  }
}
