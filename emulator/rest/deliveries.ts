import { found } from "../errors.ts";
import type { Delivery } from "../webhooks/delivery.ts";
import type { Hookshot } from "../webhooks/hookshot.ts";
import { type Call, ok, type Route, route } from "./route.ts";

function presentItem(delivery: Delivery): Record<string, unknown> {
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: delivery.deliveredAt,
    redelivery: delivery.redelivery,
    duration: delivery.duration,
    status: delivery.status,
    status_code: delivery.statusCode,
    event: delivery.event,
    action: delivery.action,
    installation_id: delivery.installation?.id ?? null,
    repository_id: delivery.repository?.id ?? null,
    throttled_at: null,
  };
}

function presentFull(delivery: Delivery): Record<string, unknown> {
  return {
    ...presentItem(delivery),
    url: delivery.app.webhookUrl ?? "",
    request: { headers: delivery.headers, payload: delivery.payload },
    response: { headers: delivery.answer?.headers ?? {}, payload: delivery.answer?.body ?? null },
  };
}

/** The delivery log of an App, as it reads it with its own JWT. */
export function deliveryRoutes(hookshot: Hookshot): Route[] {
  const own = ({ app }: Call) => hookshot.deliveries.filter((delivery) => delivery.app === app).toReversed();
  const find = (call: Call) => found(own(call).find(({ id }) => id === call.number("delivery_id")));
  return [
    route("GET /app/hook/deliveries", { app: "jwt" }, (call) => list(call, own(call))),
    route("GET /app/hook/deliveries/{delivery_id}", { app: "jwt" }, (call) => ok(presentFull(find(call)))),
    route("POST /app/hook/deliveries/{delivery_id}/attempts", { app: "jwt" }, (call) => {
      hookshot.redeliver(find(call));
      return { status: 202, body: {} };
    }),
  ];
}

/** Deliveries are paged by a cursor: the id of the first delivery of the page. */
function list(call: Call, deliveries: readonly Delivery[]) {
  const status = call.query.get("status");
  const wanted = deliveries.filter(({ statusCode, status: text }) => {
    const success = statusCode >= 200 && statusCode < 400;
    return text !== "pending" && (status === null || (status === "success") === success);
  });
  const size = Math.min(Math.max(Number(call.query.get("per_page") ?? 30) || 30, 1), 100);
  const cursor = Number(call.query.get("cursor") ?? Number.POSITIVE_INFINITY);
  const rest = wanted.filter(({ id }) => id <= cursor);
  const next = rest[size];
  const query = new URLSearchParams(call.query);
  if (next) query.set("cursor", String(next.id));
  const link = next ? { link: `<${call.address}?${query}>; rel="next"` } : {};
  return { status: 200, body: rest.slice(0, size).map(presentItem), headers: link };
}
