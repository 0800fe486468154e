/**
 * Text from a repository made safe for a terminal: one line, no escape sequence that could move the cursor, rename the
 * window or hide what follows, no invisible or direction-changing character.
 */
export function plainText(text: string, most = 500): string {
  const line = text.replace(/[\t\r\n]+/g, " ").replace(unsafe, "");
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`;
}

/** An escape sequence as a whole, then every other control, zero-width and bidirectional character. */
const unsafe =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  /\u001b\[[0-?]{0,50}[ -/]{0,10}[@-~]|\u001b\][^\u0007\u001b]{0,500}(?:\u0007|\u001b\\)?|[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;
