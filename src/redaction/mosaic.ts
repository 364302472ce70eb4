/**
 * Puts together octets that were sent in pieces, some of them several times, and writes the changed octets back to
 * every piece that carries them.
 */

/** Octets `[start, end)` of `bytes`, which belong at `offset` of the whole. */
export interface Piece {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly offset: number;
}

/** What the pieces contain together. */
export interface Whole {
  readonly octets: Uint8Array;
  /** 1 for each octet that a piece has. */
  readonly covered: Uint8Array;
}

/** Groups of pieces that are kept apart because they contradict each other; pieces that fit in none are left out. */
const GROUPS = 16;

/** Puts pieces together; where they contradict each other the first one counts, as everywhere in this program. */
export function assemble(pieces: readonly Piece[]): Whole {
  const whole = empty(pieces);
  for (const piece of pieces) place(piece, whole);
  return whole;
}

/** Writes the octets of the whole back to each of its pieces. */
export function putBack(pieces: readonly Piece[], octets: Uint8Array): void {
  for (const { bytes, start, end, offset } of pieces) bytes.set(octets.subarray(offset, offset + end - start), start);
}

/** The pieces in groups that agree where they overlap; a piece that contradicts belongs to another whole, perhaps of another connection. */
export function agreeing(pieces: readonly Piece[]): { readonly groups: readonly Piece[][]; readonly others: readonly Piece[] } {
  const groups: { pieces: Piece[]; whole: Whole }[] = [];
  const others: Piece[] = [];
  for (const piece of pieces) {
    let group = groups.findLast(({ whole }) => agrees(piece, whole));
    if (group === undefined && groups.length < GROUPS) groups.push((group = { pieces: [], whole: empty(pieces) }));
    if (group === undefined) others.push(piece);
    else {
      place(piece, group.whole);
      group.pieces.push(piece);
    }
  }
  return { groups: groups.map((group) => group.pieces), others };
}

/** The parts of the whole without holes: `[start, end)` each, ascending. */
export function* runs({ covered }: Whole): Generator<readonly [start: number, end: number]> {
  for (let start = covered.indexOf(1); start >= 0;) {
    const hole = covered.indexOf(0, start);
    const end = hole < 0 ? covered.length : hole;
    yield [start, end];
    start = covered.indexOf(1, end);
  }
}

function empty(pieces: readonly Piece[]): Whole {
  const length = pieces.reduce((most, { start, end, offset }) => Math.max(most, offset + end - start), 0);
  return { octets: new Uint8Array(length), covered: new Uint8Array(length) };
}

function place({ bytes, start, end, offset }: Piece, { octets, covered }: Whole): void {
  for (let at = start, to = offset; at < end; at++, to++) {
    if (covered[to] === 1) continue;
    octets[to] = bytes[at] as number;
    covered[to] = 1;
  }
}

function agrees({ bytes, start, end, offset }: Piece, { octets, covered }: Whole): boolean {
  for (let at = start, to = offset; at < end; at++, to++) if (covered[to] === 1 && octets[to] !== bytes[at]) return false;
  return true;
}
