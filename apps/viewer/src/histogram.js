// How values are distributed: a bar for each of some intervals of equal width.
import { svg, el } from './dom.js';
import { readout } from './blocks.js';
import { counted, short } from './numbers.js';
import { drawIn } from './theme.js';

const height = 160;

/** About as many intervals as the root of the number of values; of few whole numbers one each. */
export function intervals(values) {
    const low = Math.min(...values);
    const high = Math.max(...values);
    const whole = values.every(Number.isInteger);
    let count = Math.max(1, Math.ceil(Math.sqrt(values.length)));
    if (whole && high - low < 24) count = high - low + 1;
    const width = whole && high - low < 24 ? 1 : (high - low) / count || 1;
    const bins = Array.from({ length: count }, (_, i) => ({ low: low + i * width, high: low + (i + 1) * width, count: 0 }));
    for (const value of values) bins[Math.min(count - 1, Math.floor((value - low) / width))].count += 1;
    return { bins, isWhole: width === 1 && whole };
}

export function histogram(values, unit, label) {
    const { bins, isWhole } = intervals(values);
    const most = Math.max(...bins.map(({ count }) => count));
    const name = (bin) => (isWhole ? short(bin.low) : `${short(bin.low)} to ${short(bin.high)}`);
    const hint = `From ${short(Math.min(...values))} to ${short(Math.max(...values))}. Point at a bar, or use the arrow keys.`;
    const said = readout(hint);
    const place = el('div', { class: 'chart histogram', tabindex: 0, role: 'img', 'aria-label': label });
    let bars = [];
    let at = -1;
    const choose = (i) => {
        bars[at]?.classList.remove('chosen');
        at = i;
        bars[i].classList.add('chosen');
        said.textContent = `${name(bins[i])}: ${counted(bins[i].count, unit)}.`;
    };
    place.addEventListener('pointermove', (event) => {
        const i = bars.indexOf(event.target);
        if (i >= 0) choose(i);
    });
    place.addEventListener('keydown', (event) => {
        const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        if (step === undefined) return;
        event.preventDefault();
        choose(Math.max(0, Math.min(bins.length - 1, at + step)));
    });
    drawIn(place, (width) => {
        const step = width / bins.length;
        bars = bins.map(({ count }, i) => {
            const tall = (count / most) * (height - 18);
            return svg('rect', { x: (i * step + 1).toFixed(1), y: (height - tall).toFixed(1), width: Math.max(1, step - 2).toFixed(1), height: tall.toFixed(1), rx: 2 });
        });
        const tick = (x, anchor, value) => svg('text', { x, y: height + 16, 'text-anchor': anchor, class: 'tick' }, short(value));
        const ends = isWhole ? [bins[0].low, bins.at(-1).low] : [bins[0].low, bins.at(-1).high];
        place.replaceChildren(svg('svg', { width, height: height + 22, viewBox: `0 0 ${width} ${height + 22}`, 'aria-hidden': 'true' },
            bars, step < 18 ? null : bins.map(({ count }, i) => (count === 0 ? null : svg('text', {
                x: (i + 0.5) * step, y: height - 5 - (count / most) * (height - 18), 'text-anchor': 'middle', class: 'tick',
            }, short(count)))),
            svg('line', { x1: 0, x2: width, y1: height, y2: height, class: 'base' }),
            tick(0, 'start', ends[0]), bins.length > 1 ? tick(width, 'end', ends[1]) : null));
    });
    return el('div', {}, place, said);
}
