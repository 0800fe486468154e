import type { z } from "zod";
import { baseOfCheckRunName } from "../github/check-run-name.ts";
import { overriddenNumber } from "../github/override-reference.ts";
import type { Effect } from "./effect.ts";
import { checkRunPayload, checkSuitePayload, translator } from "./payloads.ts";

/**
 * Translates `check_run`: a person pressed "Re-run" on a check run of this App, or published one by hand. All else is an echo of
 * our own work.
 */
export const checkRunEffect = translator(checkRunPayload, (payload, appId) => {
  const { name, head_sha: headSha, external_id, app } = payload.check_run;
  const baseRef = baseOfCheckRunName(name);
  if (app.id !== appId || baseRef === null) return null;
  if (payload.action !== "completed") return rerun(payload, headSha, baseRef);
  const { installation, repository } = payload;
  const number = overriddenNumber(external_id ?? "", repository.id);
  if (number === null) return null;
  const place = { repositoryId: repository.id, owner: repository.owner.login, name: repository.name, number };
  const pullRequest = { ...place, installationId: installation.id, baseRef, headSha, updatedAt: "" };
  return { kind: "review", pullRequest, triggers: [], always: true };
});

/** Translates `check_suite`: a person pressed "Re-run all checks". */
export const checkSuiteEffect = translator(checkSuitePayload, (payload, appId) => {
  const { head_sha, app } = payload.check_suite;
  return app.id === appId ? rerun(payload, head_sha, null) : null;
});

type Source = Pick<z.infer<typeof checkSuitePayload>, "action" | "installation" | "repository">;

function rerun({ action, installation, repository }: Source, headSha: string, baseRef: string | null): Effect | null {
  if (action !== "rerequested") return null;
  const { id: repositoryId, name, owner } = repository;
  const fanOut = { kind: "rerun", installationId: installation.id, repositoryId, owner: owner.login, name } as const;
  return { kind: "fan-out", fanOut: { ...fanOut, headSha, baseRef } };
}
