/** A smooth function: returns its value at `point` and writes its gradient there. */
export type Objective = (point: Float64Array, gradient: Float64Array) => number;
