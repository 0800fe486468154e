import type { Matrix } from "./estimator.ts";

/**
 * Gives the memory of a matrix back at once, instead of when it is found to be garbage: the matrices of one run take as much
 * as 320 MB, and those of the next would come on top. Nothing may use the matrix afterwards; it is empty.
 */
export function freeMatrix({ values }: Matrix): void {
  (values.buffer as ArrayBuffer).transfer(0);
}
