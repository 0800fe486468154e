import { randomUUID } from "node:crypto";
import type { App, Installation } from "../model.ts";
import { covers, type HookEvent, nodeId, type State } from "../state.ts";
import { type Delivery, deliveryHeaders, send } from "./delivery.ts";
import { permissionFor } from "./served-events.ts";

/** What a test makes of the next matching delivery. */
export interface WebhookFault {
  /** Event name, optionally with the action: `push`, `pull_request.opened`, or `*`. */
  readonly event: string;
  readonly effect: "drop" | "duplicate" | { readonly delay: number };
  /** How many deliveries it strikes; 1 unless told. */
  times?: number;
}

/** Events whose reception depends on a permission instead of a subscription. */
const unsubscribed = new Set(["installation", "installation_repositories"]);
const checkRequests = new Set([
  "check_run.rerequested",
  "check_run.requested_action",
  "check_suite.requested",
  "check_suite.rerequested",
]);

/** Sends webhooks and keeps the log of deliveries. */
export class Hookshot {
  readonly deliveries: Delivery[] = [];
  readonly faults: WebhookFault[] = [];
  readonly #state: State;
  readonly #check: (event: string, payload: unknown) => void;
  readonly #closing = new AbortController();
  readonly #pending = new Set<Promise<void>>();

  /** `check` is shown every payload before it is sent. */
  constructor(state: State, check: (event: string, payload: unknown) => void = () => {}) {
    this.#state = state;
    this.#check = check;
  }

  emit(event: HookEvent): void {
    for (const installation of this.#listeners(event)) {
      this.#deliver(installation.app, installation, event);
    }
  }

  /** Sends a delivery again, with its GUID, as a new entry of the log. */
  redeliver(delivery: Delivery): Delivery {
    const again = this.#record(delivery.app, delivery, delivery.guid, true);
    this.#post(again, 0);
    return again;
  }

  /** Resolves when no delivery is under way. */
  async idle(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.idle();
  }

  #listeners(event: HookEvent): Installation[] {
    if (event.installation) return [event.installation];
    const name = `${event.event}.${event.action ?? ""}`;
    return [...this.#state.installations.values()].filter((installation) => {
      if (installation.suspendedAt) return false;
      if (event.organization && installation.account !== event.organization) return false;
      if (event.repository && !covers(installation, event.repository)) return false;
      if (event.onlyApp && installation.app !== event.onlyApp) return false;
      if (checkRequests.has(name)) return installation.permissions.checks === "write";
      const permission = permissionFor(event.event);
      if (permission && !installation.permissions[permission]) return false;
      return unsubscribed.has(event.event) || installation.events.includes(event.event);
    });
  }

  #deliver(app: App, installation: Installation, event: HookEvent): void {
    const short = { id: installation.id, node_id: nodeId("MDI", installation.id) };
    const payload = event.payload.installation ? event.payload : { ...event.payload, installation: short };
    const source = {
      event: event.event,
      action: event.action ?? null,
      installation,
      repository: event.repository ?? null,
      payload,
    };
    this.#check(event.action === undefined ? event.event : `${event.event}.${event.action}`, payload);
    const fault = this.#takeFault(event);
    const delivery = this.#record(app, source, randomUUID(), false);
    if (fault?.effect === "drop") {
      delivery.status = "failed to connect";
      return;
    }
    const delay = typeof fault?.effect === "object" ? fault.effect.delay : 0;
    this.#post(delivery, delay);
    if (fault?.effect === "duplicate") this.#post(this.#record(app, source, delivery.guid, false), delay);
  }

  #takeFault(event: HookEvent): WebhookFault | undefined {
    const names = ["*", event.event, `${event.event}.${event.action}`];
    const fault = this.faults.find((one) => names.includes(one.event) && (one.times ?? 1) > 0);
    if (fault) fault.times = (fault.times ?? 1) - 1;
    return fault;
  }

  #record(
    app: App,
    source: Pick<Delivery, "event" | "action" | "installation" | "repository" | "payload">,
    guid: string,
    redelivery: boolean,
  ): Delivery {
    const { event, action, installation, repository, payload } = source;
    const headers = deliveryHeaders(app, event, guid, app.id, JSON.stringify(payload));
    const delivery: Delivery = {
      ...{ id: this.#state.id(), guid, app, event, action, installation, repository, redelivery, payload, headers },
      deliveredAt: this.#state.now(),
      duration: 0,
      answeredAt: null,
      status: "pending",
      statusCode: 0,
      answer: null,
    };
    this.deliveries.push(delivery);
    return delivery;
  }

  #post(delivery: Delivery, delay: number): void {
    const url = delivery.app.webhookUrl;
    if (!url) {
      delivery.status = "no webhook address";
      return;
    }
    const { signal } = this.#closing;
    const wait = delay > 0 ? new Promise((resolve) => setTimeout(resolve, delay)) : Promise.resolve();
    const work = wait.then(() => send(delivery, url, signal)).finally(() => this.#pending.delete(work));
    this.#pending.add(work);
  }
}
