const NATURES = ['contradiction', 'echeance', 'derogation', 'contestation'] as const

/** In: a segment of the address. Out: the kind of case of the review queue that it names, else undefined. */
export const nature = (param: string): (typeof NATURES)[number] | undefined =>
  NATURES.find((known) => known === param)
