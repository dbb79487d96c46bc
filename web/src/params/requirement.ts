/** In: a segment of the address. Out: the requirement's id when it is shaped like one, else undefined. */
export const requirement = (param: string): string | undefined =>
  /^(INF|MCO|UTI)-[A-Z]{3}-\d{1,2}$/.test(param) ? param : undefined
