import type { Account } from "../model.ts";
import type { World } from "../state.ts";

/** Deletes a person: they belong to nothing any more, and what they wrote stays, of nobody. */
export function deleteAccount({ state }: World, account: Account): void {
  state.accounts.delete(account.id);
  for (const [token, owner] of state.userTokens) if (owner === account) state.userTokens.delete(token);
  for (const { members } of [...state.accounts.values(), ...state.teams.values()]) members.delete(account.id);
  for (const { collaborators } of state.repositories.values()) collaborators.delete(account.id);
  const issues = state.allIssues();
  const written = [...issues, ...issues.flatMap(({ comments, pull }) => [...comments, ...(pull?.reviews ?? [])])];
  for (const one of written) if (one.author === account) one.author = null;
}
