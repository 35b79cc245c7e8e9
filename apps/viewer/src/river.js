// Species as a river: at each generation a species is as thick as its share of the genomes, the oldest below.
import { el, svg } from './dom.js';
import { readout } from './blocks.js';
import { short } from './numbers.js';
import { drawIn } from './theme.js';

const hint = 'Point at a species, or use the arrow keys: left and right along the generations, up and down through species.';

/** The bed of each species: positions of generations, and at each its lower and upper share. */
function beds(species, populations) {
    const base = populations.map(() => 0);
    const layers = [...species.lives, { id: null, first: 0, sizes: species.others }];
    return layers.filter(({ sizes }) => sizes.some((size) => size > 0)).map((life) => {
        const from = Math.max(0, life.first - 1);
        const to = Math.min(base.length - 1, life.first + life.sizes.length);
        const bed = { life, from, low: [], high: [] };
        for (let i = from; i <= to; ++i) {
            const share = (life.sizes[i - life.first] ?? 0) / populations[i];
            bed.low.push(base[i]);
            bed.high.push(base[i] += share);
        }
        return bed;
    });
}

function describe({ life }, i, xs) {
    const size = life.sizes[i - life.first] ?? 0;
    if (life.id === null) return `Generation ${xs[i]}: ${short(size)} genomes in smaller species.`;
    const parents = life.parents.length > 0 ? `, from species ${life.parents.join(' and ')}` : '';
    return `Generation ${xs[i]}: species ${life.id}, ${short(size)} genomes. Born in ${life.born}${parents}, last in ` +
        `${life.last}: ${life.end}. Best fitness ${short(life.best)}.`;
}

const hue = (id) => Math.round((id * 137.508) % 360);

/** Draws it, and gives for a place the position of its generation and bed. */
function draw(all, xs, width, height) {
    const x = (i) => (xs.length < 2 ? width / 2 : ((xs[i] - xs[0]) / (xs.at(-1) - xs[0])) * width);
    const y = (share) => (1 - share) * height;
    const paths = all.map(({ life, from, low, high }) => {
        const forth = low.map((share, k) => `${x(from + k).toFixed(1)} ${y(share).toFixed(1)}`);
        const back = high.map((share, k) => `${x(from + k).toFixed(1)} ${y(share).toFixed(1)}`).reverse();
        return svg('path', {
            d: `M${forth.join('L')}L${back.join('L')}Z`, class: life.id === null ? 'others' : 'species',
            style: life.id === null ? null : `--hue:${hue(life.id)}`,
        });
    });
    const marker = svg('line', { class: 'marker', y1: 0, y2: height, visibility: 'hidden' });
    const picture = svg('svg', { width, height: height + 22, viewBox: `0 0 ${width} ${height + 22}`, 'aria-hidden': 'true' },
        paths, marker,
        [0, 0.25, 0.5, 0.75, 1].map((share) => {
            const i = Math.round(share * (xs.length - 1));
            const anchor = share === 0 ? 'start' : share === 1 ? 'end' : 'middle';
            return svg('text', { x: x(i), y: height + 16, 'text-anchor': anchor, class: 'tick' }, String(xs[i]));
        }));
    return { picture, paths, marker, x };
}

export function river(species, series, label) {
    const xs = series.generation;
    const all = beds(species, series.population);
    const said = readout(hint);
    const place = el('div', { class: 'chart river', tabindex: 0, role: 'img', 'aria-label': label });
    const height = 240;
    let drawn = null;
    let at = 0;
    let chosen = 0;

    const bedsAt = (i) => all.map((_, k) => k).filter((k) => (all[k].life.sizes[i - all[k].life.first] ?? 0) > 0);
    const show = (i, k) => {
        at = i;
        drawn.paths[chosen]?.classList.remove('chosen');
        chosen = k;
        drawn.paths[k].classList.add('chosen');
        for (const end of ['x1', 'x2']) drawn.marker.setAttribute(end, drawn.x(i));
        drawn.marker.setAttribute('visibility', 'visible');
        said.textContent = describe(all[k], i, xs);
    };
    place.addEventListener('pointermove', (event) => {
        const box = drawn.picture.getBoundingClientRect();
        const i = Math.max(0, Math.min(xs.length - 1, Math.round(((event.clientX - box.left) / box.width) * (xs.length - 1))));
        const k = drawn.paths.indexOf(event.target);
        if (k >= 0) show(i, k);
    });
    place.addEventListener('keydown', (event) => {
        const step = event.shiftKey ? Math.ceil(xs.length / 10) : 1;
        const along = { ArrowLeft: -step, ArrowRight: step }[event.key];
        const through = { ArrowUp: 1, ArrowDown: -1 }[event.key];
        if (along === undefined && through === undefined) return;
        event.preventDefault();
        const i = Math.max(0, Math.min(xs.length - 1, at + (along ?? 0)));
        const alive = bedsAt(i);
        const now = alive.indexOf(chosen);
        const next = now < 0 ? 0 : Math.max(0, Math.min(alive.length - 1, now + (through ?? 0)));
        show(i, alive[next]);
    });
    drawIn(place, (width) => {
        drawn = draw(all, xs, width, height);
        place.classList.toggle('dense', width / xs.length < 3);  // where outlines would hide the species
        place.replaceChildren(drawn.picture);
    });
    return el('div', {}, place, el('p', { class: 'axis-name' }, 'generation'), said);
}
