/** A stored file as it is sent. */
export interface StoredFile {
  readonly fileName: string
  readonly mediaType: string
  readonly content: Uint8Array<ArrayBuffer>
}

/** Headers of a download: its type, and its name under both spellings of RFC 6266. */
export function fileHeaders({ fileName, mediaType }: StoredFile): Record<string, string> {
  const plain = fileName.normalize('NFKD').replace(/[^\w.() -]/g, '')
  const encoded = encodeURIComponent(fileName).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)
  return {
    'Content-Type': mediaType,
    'Content-Disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`,
  }
}
