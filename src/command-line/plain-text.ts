/**
 * Text from a repository made safe for a terminal: one line, no escape sequence that could move the cursor, rename the
 * window or hide what follows, no invisible or direction-changing character.
 */
export function plainText(text: string, most = 500): string {
  const line = text.replace(/[\t\r\n]+/g, " ").replace(unsafe, "");
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`;
}

/** DEL, controls of eight bits, zero-width and bidirectional characters, line ends of Unicode: what no terminal shows as it is. */
export const unseen = /[\u007f-\u009f\p{Cf}\p{Default_Ignorable_Code_Point}\u2028\u2029]/gu;

/** An escape sequence as a whole, then every other character that is not seen. */
const unsafe = new RegExp(
  `\\u001b\\[[0-?]{0,50}[ -/]{0,10}[@-~]|\\u001b\\][^\\u0007\\u001b]{0,500}(?:\\u0007|\\u001b\\\\)?|[\\0-\\u001f]|${unseen.source}`,
  "gu",
);
