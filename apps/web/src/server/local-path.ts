/** Nothing a browser would read as another host: no second slash, backslash or control character anywhere. */
const localShape = /^\/(?:en|ar)(?:\/[\w.%~-]+)*\/?(?:\?[\w.%~=&+/-]*)?$/

/** A path of our own pages, as `next` may name it; undefined for anything else, so that no link of ours leads elsewhere. */
export const localPath = (typed: string | null | undefined): string | undefined =>
  typed && typed.length <= 500 && localShape.test(typed) ? typed : undefined
