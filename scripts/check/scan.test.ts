// The scanner tells code from what only looks like it.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what is scanned is source text
import { describe, expect, it } from 'vitest';
import { scan } from './scan.ts';

describe('scanning a source file', () => {
  it.each([
    ['a comment', 'a // b\nc', 'a     \nc'],
    ['a comment over lines', 'a /* b\nc */ d', 'a     \n     d'],
    ['a string', "a('b{')", "a('  ')"],
    ['an escaped quote', "a('\\'b')", "a('   ')"],
    ['a template with code inside', '`a ${b({ c: `d` })} e`', '`  ${b({ c: ` ` })}  `'],
    ['a regular expression', 'x.replace(/[\'"]/g, y)', 'x.replace(      g, y)'],
    ['a regular expression with a slash in a class', 'return /[/]{/.test(a)', 'return       .test(a)'],
    ['a division', "a / b / 'c'", "a / b / ' '"],
    ['an apostrophe in a page', "<p>Don't {a}</p>", "<p>Don't {a}</p>"],
    ['the end of an element', "<a href='b'>{c}</a>", "<a href=' '>{c}</a>"],
  ])('reads %s', (_, text, code) => {
    expect(scan(text).code).toBe(code);
  });

  it('keeps every offset and line', () => {
    const text = "// one\nconst a = `two ${three('four')}\n five`; /* six\n */ const b = /seven/;\n";
    const { code } = scan(text);
    expect(code).toHaveLength(text.length);
    expect(code.split('\n')).toHaveLength(text.split('\n').length);
  });

  it('gives the strings without the code that stands inside them', () => {
    const { strings } = scan("sql`select ${clock.now()} as ${'at'}`");
    expect(strings.map(({ text }) => text)).toEqual(['at', 'select   as  ']);
  });
});
