import { fitMarkdown, sizeOf } from "./fit-markdown.ts";
import { commentMarker } from "./render-comment.ts";

/** GitHub refuses a longer comment. */
const commentLimit = 65_536;

/** A report to stand below another heading. */
export function onItsOwn(markdown: string): string {
  return markdown.replace(/^### (.) ModelSync: /u, "#### $1 On its own: ");
}

/** A comment below another heading, cut where it would be longer than GitHub takes. */
export function fitComment(heading: string, comment: string): string {
  const whole = `${heading}\n\n${onItsOwn(comment)}`;
  if (sizeOf(whole) <= commentLimit) return whole;
  const room = commentLimit - sizeOf(commentMarker) - 3;
  return `${fitMarkdown(whole, room, (leftOut) => `(${leftOut} characters are left out here.)`)}\n\n${commentMarker}\n`;
}
