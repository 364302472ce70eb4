/** Makes words of the command line, and file names, safe to show: they may contain anything. */

/** The text with control, bidirectional and invisible characters as `\u{…}`; everything else, in whatever script, is unchanged. */
export function shown(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (sign) => `\\u{${sign.codePointAt(0)?.toString(16)}}`);
}
