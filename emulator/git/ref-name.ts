/** What git allows nowhere in the name of a ref: control characters, spaces, `~ ^ : ? * [ \`, `..`, `@{`, empty parts. */
const forbidden = /[\0-\x20\x7f~^:?*[\\]|\.\.|@\{|\/\/|^\/|\/$|\.$/;

/** Whether git takes this as the full name of a ref, `refs/heads/…`. Source: git-check-ref-format(1). */
export function isRefName(ref: string): boolean {
  if (!ref.isWellFormed() || forbidden.test(ref)) return false;
  return ref.split("/").every((part) => !part.startsWith(".") && !part.endsWith(".lock"));
}
