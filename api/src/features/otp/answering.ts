import { AppError } from '../../errors.ts'

/** Whatever keeps the path from answering is not a refusal. Errors: `unavailable`, or the refusal of `work` itself. */
export async function answering<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError('unavailable', 'La vérification n’a pas pu se faire. Réessayez dans un instant.', {
      retryAfterSeconds: 1,
      cause: error,
    })
  }
}
