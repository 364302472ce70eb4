/** HTML that is always escaped: text comes in, and only markup made here goes out. */

/** Markup that is safe in a page. */
export class Markup {
  readonly html: string;

  constructor(text: string) {
    this.html = text;
  }
}

/** What a template takes: text is escaped, markup is kept, lists are concatenated, null is omitted. */
export type Content = string | number | Markup | null | readonly Content[];

/**
 * A template whose every value is escaped, unless it is markup itself. Values may only be between tags or in quoted attributes.
 * White space of the template that contains a line break becomes one line break in the page.
 */
export function html(parts: TemplateStringsArray, ...values: readonly Content[]): Markup {
  const own = condensed(parts);
  let text = own[0] as string;
  for (const [index, value] of values.entries()) text += contentHtml(value) + (own[index + 1] as string);
  return new Markup(text);
}

const known = new WeakMap<TemplateStringsArray, readonly string[]>();

function condensed(parts: TemplateStringsArray): readonly string[] {
  let own = known.get(parts);
  if (own === undefined) known.set(parts, (own = parts.map((part) => part.replace(/\s*\n\s*/g, "\n"))));
  return own;
}

/** Text escaped for use between tags and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"'`\u00a0]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function contentHtml(value: Content): string {
  if (value === null) return "";
  if (value instanceof Markup) return value.html;
  if (typeof value === "object") return value.map(contentHtml).join("");
  return escapeHtml(String(value));
}
