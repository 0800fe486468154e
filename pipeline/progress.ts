/** What a long piece of work reports while it runs. `share` in [0, 1] over the whole job. */
export interface Progress {
  step: string;
  share: number;
}
