/** Column of a table; `share` is its part of the width. */
export interface Column {
  readonly title: string
  readonly share: number
}

/** Where somebody signs. */
export interface SignatureZone {
  readonly title: string
  readonly name: string | null
  readonly mention: string
}

/** What a slip is made of, top to bottom. */
export type Block =
  | { readonly kind: 'heading' | 'paragraph'; readonly text: string }
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [label: string, value: string])[] }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'choices'; readonly label: string; readonly options: readonly string[] }
  | {
      readonly kind: 'table'
      readonly columns: readonly Column[]
      readonly rows: readonly (readonly string[])[]
    }
  | { readonly kind: 'signatures'; readonly zones: readonly SignatureZone[] }

/** A slip in words, before any drawing. */
export interface Slip {
  readonly title: string
  readonly intro: string
  readonly blocks: readonly Block[]
}
