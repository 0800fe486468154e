import { findLabel, labelsNamed } from "../actions/issues.ts";
import { setLabels } from "../actions/set-labels.ts";
import { found, refuseIf } from "../errors.ts";
import { checkColor, checkText } from "../field-rules.ts";
import type { Label } from "../model.ts";
import { presentLabel } from "../present/issue.ts";
import { type Call, created, noContent, ok, route } from "./route.ts";

const reading = { app: ["issues:read", "pull_requests:read"] } as const;
const writing = { app: ["issues:write", "pull_requests:write"], person: "triage" } as const;

function named(call: Call): Label {
  return found(findLabel(call.repository.labels, call.param("name")));
}

function present(call: Call, labels: readonly Label[]) {
  return call.page(labels, (label) => presentLabel(call.world, call.repository, label));
}

/** The body is a list of names, or `{ labels: [...] }`, each a name or `{ name }`. */
function wanted(call: Call): Label[] {
  return labelsNamed(call.world, call.repository, Array.isArray(call.body) ? call.body : (call.body?.labels ?? []));
}

/** Throws GitHub's 422 for fields that it does not take, or the name of another label. */
function check(call: Call, fields: { name?: string; color?: string; description?: string | null }, self?: Label): void {
  checkText("Label name", fields.name);
  checkColor(fields.color);
  checkText("Label description", fields.description);
  const other = fields.name === undefined ? undefined : findLabel(call.repository.labels, fields.name);
  refuseIf(other && other !== self, 422, "Validation Failed", [
    { resource: "Label", code: "already_exists", field: "name" },
  ]);
}

async function change(call: Call, labels: readonly Label[]) {
  const issue = call.issue();
  await setLabels(call.world, issue, call.account, labels);
  return ok(issue.labels.map((label) => presentLabel(call.world, call.repository, label)));
}

export const labelRoutes = [
  route("GET /repos/{owner}/{repo}/labels", reading, (call) => present(call, call.repository.labels)),
  route("POST /repos/{owner}/{repo}/labels", writing, (call) => {
    const { name, color, description } = call.body;
    check(call, { name, color, description });
    const label = { id: call.world.state.id(), name, color: color ?? "ededed", description: description ?? null };
    call.repository.labels.push(label);
    return created(presentLabel(call.world, call.repository, label));
  }),
  route("GET /repos/{owner}/{repo}/labels/{name}", reading, (call) =>
    ok(presentLabel(call.world, call.repository, named(call))),
  ),
  route("PATCH /repos/{owner}/{repo}/labels/{name}", writing, (call) => {
    const label = named(call);
    const { new_name, color, description } = call.body ?? {};
    check(call, { name: new_name, color, description }, label);
    label.name = new_name ?? label.name;
    label.color = color ?? label.color;
    label.description = description ?? label.description;
    return ok(presentLabel(call.world, call.repository, label));
  }),
  route("DELETE /repos/{owner}/{repo}/labels/{name}", writing, async (call) => {
    const label = named(call);
    for (const issue of call.repository.issues.values()) {
      await setLabels(
        call.world,
        issue,
        call.account,
        issue.labels.filter((one) => one !== label),
      );
    }
    call.repository.labels.splice(call.repository.labels.indexOf(label), 1);
    return noContent;
  }),
  route("GET /repos/{owner}/{repo}/issues/{issue_number}/labels", reading, (call) =>
    present(call, call.issue().labels),
  ),
  route("POST /repos/{owner}/{repo}/issues/{issue_number}/labels", writing, (call) =>
    change(call, [...call.issue().labels, ...wanted(call)]),
  ),
  route("PUT /repos/{owner}/{repo}/issues/{issue_number}/labels", writing, (call) => change(call, wanted(call))),
  route("DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels", writing, async (call) => {
    await change(call, []);
    return noContent;
  }),
  route("DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}", writing, (call) => {
    const issue = call.issue();
    const label = found(findLabel(issue.labels, call.param("name")), 404, "Label does not exist");
    return change(
      call,
      issue.labels.filter((one) => one !== label),
    );
  }),
];
