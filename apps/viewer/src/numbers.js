// Numbers as people read them.

/** "0.9914", "12,400", "3.1e-7"; "none" for null. */
export function short(value) {
    if (value === null || value === undefined) return 'none';
    if (Number.isInteger(value) && Math.abs(value) < 1e15) return value.toLocaleString('en-GB');
    const size = Math.abs(value);
    if (size >= 1e5 || size < 1e-3) return value.toExponential(2).replace('e+', 'e');
    return String(Number(value.toPrecision(4)));
}

/** "0.42 s", "3 min 12 s", "2 h 5 min". */
export function time(seconds) {
    if (seconds < 0.001) return `${Math.round(seconds * 1e6)} µs`;
    if (seconds < 1) return `${Number((seconds * 1000).toPrecision(3))} ms`;
    if (seconds < 60) return `${Number(seconds.toPrecision(3))} s`;
    if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
    return `${Math.floor(seconds / 3600)} h ${Math.round((seconds % 3600) / 60)} min`;
}

export const percent = (share) => (Number.isFinite(share) ? `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %` : '-');

/** "1 species", "2 genomes". */
export const counted = (count, one, many = `${one}s`) => `${short(count)} ${count === 1 ? one : many}`;

/** Positions of at most `limit` of `count`, evenly spread, the first and the last among them. */
export function thinned(count, limit) {
    if (count <= limit) return Array.from({ length: count }, (_, i) => i);
    return Array.from({ length: limit }, (_, i) => Math.round((i * (count - 1)) / (limit - 1)));
}
