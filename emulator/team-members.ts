import type { Team, TeamRole } from "./model.ts";

/** Everybody in a team, those of the teams in it included: there they are ordinary members. */
export function membersOf(team: Team): ReadonlyMap<number, TeamRole> {
  const inherited = [...team.children].flatMap((child) => [...membersOf(child).keys()]);
  return new Map([...inherited.map((id) => [id, "member"] as const), ...team.members]);
}
