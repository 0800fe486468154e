import type { Answer } from "../rest/route.ts";
import type { World } from "../world.ts";

export class WebDoor {
  readonly #world: World;
  constructor(world: World) {
    this.#world = world;
  }
  async handle(_method: string, path: string): Promise<Answer> {
    return { status: 404, body: Buffer.from(`${this.#world.url}${path}`), type: "text/plain" };
  }
}
