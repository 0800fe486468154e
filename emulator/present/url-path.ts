/** A branch, ref or file path as part of an address: slashes stay, everything else that needs it is percent-encoded. */
export function urlPath(path: string): string {
  return path.toWellFormed().split("/").map(encodeURIComponent).join("/");
}
