import { GraphQLError } from "graphql";
import type { Actor } from "../actor.ts";
import type { PullIssue, Repository } from "../model.ts";
import { covers, type World } from "../state.ts";

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

export function canSee(context: Context, repository: Repository): boolean {
  const { world, actor } = context;
  if (!repository.private) return true;
  if (actor.kind === "user") return world.state.roleOf(actor.account, repository) !== "none";
  return reaches(context, repository);
}

function reaches({ actor }: Context, repository: Repository): boolean {
  if (actor.kind !== "installation") return false;
  const { installation, repositories } = actor.token;
  return covers(installation, repository) && (repositories === null || repositories.has(repository.id));
}

/** Throws GitHub's error when an App lacks a permission for a repository it is installed on. */
export function need(context: Context, repository: Repository, permission: string): void {
  const { actor } = context;
  if (actor.kind !== "installation" || !reaches(context, repository)) return;
  if (!actor.token.permissions[permission]) throw failure("FORBIDDEN", "Resource not accessible by integration");
}
