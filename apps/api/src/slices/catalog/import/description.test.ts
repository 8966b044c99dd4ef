import { assert, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { parseDescription } from './description.ts'

test.each([
  ['<p>Soft <b>and</b> warm</p><ul><li>one</li></ul>', '<p>Soft <b>and</b> warm</p><ul><li>one</li></ul>'],
  ['<p onclick="x()" style="color:red">Hi</p>', '<p>Hi</p>'],
  ['<script>alert(1)</script><p>Hi</p>', '<p>Hi</p>'],
  ['<img src=x onerror=alert(1)>Hi', 'Hi'],
  ['<a href="javascript:alert(1)">x</a>', 'x'],
  ['<a href="//evil.example">x</a>', 'x'],
  ['<a href="http://plain.example">x</a>', 'x'],
  ['<a href="https://ok.example" target="_blank">x</a>', '<a href="https://ok.example" rel="nofollow noopener">x</a>'],
  ['<h1>Big</h1><h5>Small</h5>', '<h2>Big</h2><h4>Small</h4>'],
  ['<svg><script>1</script></svg><style>p{}</style>ok<br>', 'ok<br />'],
  ['<div>one</div><div>two</div>', 'one<br />two<br />'],
  ['First.\n\nSecond\nline.', '<p>First.</p><p>Second<br />line.</p>'],
  ['5 < 6 & "so"', '<p>5 &lt; 6 &amp; "so"</p>'],
  ['a\u202Eb\u0000c', '<p>abc</p>'],
])('%j is stored as %j', (cell, html) => {
  expect(parseDescription(cell).html).toBe(html)
})

test('it says when something that could have run was taken out', () => {
  expect(parseDescription('<p>fine</p>').isCleaned).toBe(false)
  for (const bad of ['<script>x</script>', '<p onload=x>', '<a href="JavaScript:x">'])
    expect(parseDescription(bad).isCleaned).toBe(true)
})

test('a description of a novel is refused', () => {
  expect(() => parseDescription(`<p>${'a'.repeat(20_001)}</p>`)).toThrow('text/too-long')
})

test('cleaning twice changes nothing more, and never leaves a way to run anything', () => {
  assert(
    property(string({ unit: 'grapheme-ascii', maxLength: 200 }), (text) => {
      const once = parseDescription(`<p>${text}</p>`).html
      expect(parseDescription(once).html).toBe(once)
      expect(once).not.toMatch(/<[^>]*\son\w+=|<script|href="(?!https:)/i)
    }),
  )
})
