import type { Role } from "../model.ts";
import { atLeast } from "../state.ts";

/** The role that each permission of the REST interface stands for. */
export const roles: Readonly<Record<string, Role>> = {
  pull: "read",
  triage: "triage",
  push: "write",
  maintain: "maintain",
  admin: "admin",
};

/** What a role may do, in the words of the REST interface. */
export function rightsOf(role: Role): Record<string, boolean> {
  return Object.fromEntries(Object.entries(roles).map(([name, least]) => [name, atLeast(role, least)]));
}
