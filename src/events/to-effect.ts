import { checkRunEffect, checkSuiteEffect } from "./check-events.ts";
import { commentEffect } from "./comment-events.ts";
import type { Effect } from "./effect.ts";
import { installationEffect, installationRepositoriesEffect } from "./installation-events.ts";
import { issueEffect } from "./issue-events.ts";
import type { Translate } from "./payloads.ts";
import { pullRequestEffect } from "./pull-request-events.ts";
import { pushEffect } from "./push-events.ts";

/** The one list of events that mean something. `app.yml` subscribes to exactly these. */
const translators: Record<string, Translate> = {
  pull_request: pullRequestEffect,
  issues: issueEffect,
  issue_comment: commentEffect,
  check_run: checkRunEffect,
  check_suite: checkSuiteEffect,
  installation: installationEffect,
  installation_repositories: installationRepositoriesEffect,
  push: pushEffect,
};

/** Names of the events that mean something. */
export const knownEvents: readonly string[] = Object.keys(translators);

/**
 * Turns a webhook into what it asks for, or null when it asks for nothing. Pure.
 *
 * @param appId our own App: check runs of others are none of our business
 */
export function toEffect(event: string, payload: unknown, appId: number): Effect | null {
  return Object.hasOwn(translators, event) ? (translators[event]?.(payload, appId) ?? null) : null;
}
