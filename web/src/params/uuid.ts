/** In: a segment of the address. Out: the identifier when it is shaped like one (a UUID), else undefined. */
export const uuid = (param: string): string | undefined =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(param) ? param : undefined
