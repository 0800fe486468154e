import { GraphQLError } from "graphql";
import { type Actor, reaches } from "../actor.ts";
import type { Account, PullIssue, Repository } from "../model.ts";
import type { World } from "../state.ts";

/** What every resolver is given. */
export interface Context {
  readonly world: World;
  readonly actor: Actor;
  /** What everything in the graph leads back to: shown through here, the parts need not import one another in a ring. */
  readonly show: {
    repository(repository: Repository): Record<string, unknown>;
    pull(issue: PullIssue): Record<string, unknown>;
  };
}

/** An error in GitHub's form: `type` stands beside the message. */
export function failure(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } });
}

/** The value that was looked up; throws GitHub's error when there is none. */
export function resolved<Value>(value: Value | null | undefined | false, what: string): Value {
  if (value === null || value === undefined || value === false) {
    throw failure("NOT_FOUND", `Could not resolve to ${what}`);
  }
  return value;
}

/** Throws GitHub's error for an App that lacks a permission of the organization. */
export function needOfOrganization({ actor }: Context, organization: Account, permission: string): void {
  if (actor.kind !== "installation") return;
  const { installation, permissions } = actor.token;
  if (installation.account === organization && permissions[permission]) return;
  throw failure("FORBIDDEN", "Resource not accessible by integration");
}

/** Throws GitHub's error when an App lacks a permission for a repository it is installed on. */
export function need({ actor }: Context, repository: Repository, permission: string): void {
  if (actor.kind !== "installation" || !reaches(actor, repository)) return;
  if (!actor.token.permissions[permission]) throw failure("FORBIDDEN", "Resource not accessible by integration");
}
