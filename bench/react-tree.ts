import { createElement } from 'react'
import type { ReactNode } from 'react'

interface Tag {
  name: string
  props: Record<string, string>
  children: (Tag | string)[]
}

const voidTags = new Set(['meta', 'link', 'img', 'input', 'br', 'hr', 'source'])
const renamed: Record<string, string> = {
  class: 'className',
  for: 'htmlFor',
  tabindex: 'tabIndex',
  srcset: 'srcSet',
  maxlength: 'maxLength',
  autocomplete: 'autoComplete',
}

function readProps(text: string): Record<string, string> {
  const props: Record<string, string> = {}
  for (const [, name = '', value = ''] of text.matchAll(/([^\s=/]+)(?:="([^"]*)")?/g))
    if (name !== 'style') props[renamed[name] ?? name] = value
  return props
}

/** Reads HTML that React itself wrote: every tag closed, every attribute in double quotes. */
export function readHtml(html: string): Tag {
  const root: Tag = { name: 'root', props: {}, children: [] }
  const open = [root]
  for (const [, text, isEnd, name = '', attributes = ''] of html.matchAll(
    /([^<]+)|<(\/?)([a-zA-Z][\w-]*)((?:[^>"]|"[^"]*")*)>/g,
  )) {
    const parent = open.at(-1) ?? root
    if (text !== undefined) parent.children.push(text)
    else if (isEnd) open.pop()
    else {
      const tag: Tag = { name, props: readProps(attributes), children: [] }
      parent.children.push(tag)
      if (!voidTags.has(name) && !attributes.endsWith('/')) open.push(tag)
    }
  }
  return root
}

/** The tree as React elements, made anew as a component would for every request. */
export const toElements = (tag: Tag): ReactNode =>
  createElement(
    tag.name,
    tag.props,
    ...tag.children.map((child) => (typeof child === 'string' ? child : toElements(child))),
  )
