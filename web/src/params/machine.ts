/** In: a segment of the address. Out: the machine's identifier (a UUID) when it is shaped like one, else undefined. */
export const machine = (param: string): string | undefined =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(param) ? param : undefined
