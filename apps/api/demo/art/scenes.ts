import { darker, lighter, mix } from './colour.ts'
import { newPen } from './pen.ts'
import { box, groundShadow, line, oval, path, put, repeat } from './shapes.ts'
import type { Pen } from './pen.ts'
import type { Place } from './shapes.ts'

/** A backdrop's hue: the wall above, the wall below and a deeper tone for niches and plinths. */
const HUES = {
  sand: ['#f8edd8', '#ead5ad', '#dcbf8b'],
  rose: ['#fce9e1', '#efc9ba', '#e0a995'],
  sky: ['#e8f2f3', '#c3dcdf', '#9fc4c9'],
  olive: ['#f2f0dc', '#d8d5ac', '#bdb982'],
  plum: ['#f4e9f1', '#dcc3d6', '#c29fba'],
  mint: ['#e6f4ec', '#bfdfcd', '#97c6ae'],
  honey: ['#fdf0d0', '#f3d18b', '#e3b458'],
  mist: ['#e9eef5', '#c5d1e1', '#a2b4cc'],
  coral: ['#fde9df', '#f4c1a8', '#e59d7e'],
  sea: ['#e0f1f4', '#aed6dd', '#7fbac5'],
  clay: ['#f5e6da', '#dfbfa6', '#c79b7b'],
  night: ['#27505a', '#133540', '#0c2a33'],
} as const

export type Hue = keyof typeof HUES
export type Setting = 'room' | 'arch' | 'sun' | 'plinth' | 'palm' | 'table' | 'close'
export type Size = { width: number; height: number; ground: number }

export const CARD: Size = { width: 400, height: 440, ground: 318 }

/** A whole picture: backdrop, then whatever `draw` puts on it. */
export function picture(hue: Hue, setting: Setting, draw: (pen: Pen) => string, size: Size = CARD): string {
  const pen = newPen()
  const body = backdrop(pen, hue, setting, size) + draw(pen)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}">${pen.definitions()}${body}</svg>`
}

/** Puts a drawing on the ground of a picture, with its shadow; `half` is half the width of its foot. */
export function stand(pen: Pen, body: string, half: number, place: Place = {}): string {
  return put((half > 0 ? groundShadow(pen, half) : '') + body, { x: 200, y: 360, ...place })
}

/** A drawing shown larger than the frame: the point (x, y) of it comes to the middle. */
export function closeUp(body: string, x: number, y: number, k: number): string {
  return put(put(body, { x: -x, y: -y }), { x: 200, y: 220, k })
}

function backdrop(pen: Pen, hue: Hue, setting: Setting, size: Size): string {
  const [top, low, deep] = HUES[hue]
  const { width, height, ground } = size
  const wall = pen.down([
    [0, top],
    [1, low],
  ])
  if (setting === 'close') return box(0, 0, width, height, 0, slanted(pen, top, deep)) + windowLight(pen, size, 0.3)
  if (setting === 'table') return tableTop(pen, hue, size)
  const floor = pen.down([
    [0, lighter(low, 0.34)],
    [1, mix(low, deep, 0.35)],
  ])
  return [
    box(0, 0, width, ground + 4, 0, wall),
    setting === 'arch' ? arch(pen, deep, low, size) : '',
    setting === 'sun' ? sun(pen, deep, low, size) : '',
    setting === 'palm'
      ? palmShadow(pen, darker(deep, 0.35), size)
      : windowLight(pen, size, hue === 'night' ? 0.06 : 0.26),
    box(0, ground, width, height - ground, 0, floor),
    path(`M0 ${ground}h${width}v2H0z`, '#fff', 'opacity=".28"'),
    setting === 'plinth' ? plinth(pen, deep, low, size) : '',
  ].join('')
}

function slanted(pen: Pen, top: string, deep: string): string {
  return pen.slant([
    [0, top],
    [1, mix(top, deep, 0.8)],
  ])
}

/** Sun through a window, falling across the wall from the top left. */
function windowLight(pen: Pen, { width, height }: Size, opacity: number): string {
  const fade = pen.slant([
    [0, '#fff', opacity * 2],
    [1, '#fff', 0],
  ])
  const pane = (x: number, w: number) => path(`M${x} -10h${w}l${height * 0.62} ${height * 0.8}h${-w}z`, fade)
  return pen.blur(3, pane(-width * 0.34, width * 0.3) + pane(width * 0.04, width * 0.14))
}

function arch(pen: Pen, deep: string, low: string, { width, ground }: Size): string {
  const [half, middle, top] = [width * 0.335, width / 2, ground * 0.09]
  const shape = `M${middle - half} ${ground}V${top + half * 0.92}C${middle - half} ${top + half * 0.36} ${middle - half * 0.42} ${top + half * 0.16} ${middle} ${top}C${middle + half * 0.42} ${top + half * 0.16} ${middle + half} ${top + half * 0.36} ${middle + half} ${top + half * 0.92}V${ground}z`
  const inside = pen.across([
    [0, mix(deep, '#3a2410', 0.16)],
    [0.2, deep],
    [1, mix(deep, low, 0.62)],
  ])
  return path(shape, inside, 'opacity=".8"') + line(shape.replace('z', ''), '#fff', 2.5, 'opacity=".45"')
}

function sun(pen: Pen, deep: string, low: string, { width, ground }: Size): string {
  const fill = pen.down([
    [0, mix(deep, low, 0.1)],
    [1, mix(deep, low, 0.75)],
  ])
  return oval(width * 0.5, ground * 0.56, width * 0.345, width * 0.345, fill, 'opacity=".85"')
}

function plinth(pen: Pen, deep: string, low: string, { width, ground }: Size): string {
  const [middle, rx, top] = [width / 2, width * 0.36, ground + 22]
  const side = pen.across([
    [0, mix(low, deep, 0.5)],
    [0.25, lighter(low, 0.3)],
    [1, darker(deep, 0.14)],
  ])
  const shadow = put(groundShadow(pen, rx), { x: middle, y: top + 78 })
  const body = path(`M${middle - rx} ${top}v66a${rx} 22 0 0 0 ${rx * 2} 0v-66z`, side)
  return shadow + body + oval(middle, top, rx, 22, lighter(low, 0.5))
}

/** A table seen from above, for things that lie flat. */
function tableTop(pen: Pen, hue: Hue, size: Size): string {
  const [top, low, deep] = HUES[hue]
  const cloth = pen.slant([
    [0, top],
    [0.55, low],
    [1, mix(low, deep, 0.7)],
  ])
  return box(0, 0, size.width, size.height, 0, cloth) + palmShadow(pen, darker(deep, 0.3), size)
}

/** The shadow of a palm frond that is somewhere outside the picture. */
function palmShadow(pen: Pen, colour: string, { width }: Size): string {
  const leaf = (index: number) => {
    const side = index % 2 === 0 ? 1 : -1
    const along = 30 + Math.floor(index / 2) * 24
    const length = 92 - Math.abs(along - 130) * 0.32
    return `<g transform="translate(${along} 0) rotate(${side * 40})"><ellipse cx="${length / 2}" cy="0" rx="${length / 2}" ry="6" fill="${colour}"/></g>`
  }
  const frond = line('M-20 0H300', colour, 4) + repeat(22, leaf)
  const k = width / 400
  const both =
    put(frond, { x: -34 * k, y: -14 * k, turn: 34, k }) + put(frond, { x: 130 * k, y: -70 * k, turn: 58, k: k * 0.9 })
  return `<g opacity=".17">${pen.blur(4, both)}</g>`
}
