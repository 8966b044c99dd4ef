import { renderSVG } from 'uqr'

/** A QR code as an address for an `<img>`: drawn here, so that no script of it reaches the browser. */
export const qrImage = (text: string): string =>
  `data:image/svg+xml;base64,${Buffer.from(renderSVG(text, { border: 2, pixelSize: 4 })).toString('base64')}`
