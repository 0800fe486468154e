import type { Effect } from "./effect.ts";
import { installationPayload, translator } from "./payloads.ts";

const actions = new Set(["created", "deleted", "suspend", "unsuspend", "new_permissions_accepted"]);

/** Translates `installation`: whatever it says, GitHub is asked what is so now. */
export const installationEffect = translator(installationPayload, ({ action, installation }) =>
  actions.has(action) ? refresh(installation.id, true) : null,
);

/** Translates `installation_repositories`: the same, for what was added or removed. */
export const installationRepositoriesEffect = translator(installationPayload, ({ installation }) =>
  refresh(installation.id, false),
);

function refresh(installationId: number, whole: boolean): Effect {
  return { kind: "fan-out", fanOut: { kind: "installation", installationId, whole } };
}
