/** In: a segment of the address. Out: the framework's short name when it is shaped like one, else undefined. */
export const framework = (param: string): string | undefined =>
  /^[a-z][a-z0-9-]{1,39}$/.test(param) ? param : undefined
