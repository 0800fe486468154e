/** What somebody may do in a repository, in rising order. */
const roles = ["none", "read", "write", "maintain", "admin"] as const;
export type Role = (typeof roles)[number];

export function isAtLeast(role: Role, least: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(least);
}

/** Somebody who asks for something on a pull request, with the permission of this moment. */
export interface Person {
  login: string;
  role: Role;
  /** Whether they opened the pull request. */
  isAuthor: boolean;
}
