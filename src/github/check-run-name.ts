const prefix = "ModelSync: ";

/**
 * The name of the check run for a base branch. A check run belongs to a commit, not to a pull request: without the base
 * in its name, a verdict against a lax branch would be taken for one against a protected branch.
 */
export function checkRunName(baseRef: string): string {
  return `${prefix}${baseRef}`;
}

/** The base branch of one of our check runs, or null for another name. */
export function baseOfCheckRunName(name: string): string | null {
  return name.startsWith(prefix) && name.length > prefix.length ? name.slice(prefix.length) : null;
}
