/** In: a segment of the address. Out: the key's serial when it is shaped like one, else undefined. */
export const serial = (param: string): string | undefined =>
  /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(param) ? param : undefined
