/** Words of the command line, and names of files, as they are shown: they may hold anything. */

/** Controls, and what turns text round or is not seen, as `\u{…}`; everything else, whatever the script, as it is. */
export function shown(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (sign) => `\\u{${sign.codePointAt(0)?.toString(16)}}`);
}
