// An input that fails, made smaller as long as it fails in the same way.

/** Executions that are tried. */
const TRIES = 3_000;

/**
 * @param {(octets: Uint8Array) => number | Promise<number>} run
 * @param {Uint8Array} octets
 */
export async function shrink(run, octets) {
  const why = await failureOf(run, octets);
  if (why === undefined) return octets;
  const budget = { left: TRIES };
  const fails = async (candidate) => budget.left-- > 0 && (await failureOf(run, candidate)) === why;
  let smallest = octets;
  for (let piece = octets.length >> 1; piece > 0 && budget.left > 0; piece >>= 1) {
    for (let at = 0; at + piece <= smallest.length;) {
      const without = Uint8Array.from([...smallest.subarray(0, at), ...smallest.subarray(at + piece)]);
      if (await fails(without)) smallest = without;
      else at += piece;
    }
  }
  for (let at = 0; at < smallest.length && budget.left > 0; at++) {
    if (smallest[at] === 0) continue;
    const zeroed = smallest.with(at, 0);
    if (await fails(zeroed)) smallest = zeroed;
  }
  return smallest;
}

/** Where it is thrown, and what. */
async function failureOf(run, octets) {
  try {
    await run(octets);
    return undefined;
  } catch (error) {
    const words = String(error.message).replaceAll(/\d+/g, "0").slice(0, 40);
    return `${error.name} ${words} ${/\n\s+at .*/.exec(error.stack)?.[0] ?? ""}`;
  }
}
