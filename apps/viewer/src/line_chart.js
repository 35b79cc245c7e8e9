// Lines over generations, drawn by uPlot. With the focus on it, the arrow keys move along the generations.
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { el } from './dom.js';
import { short } from './numbers.js';
import { colour, drawIn } from './theme.js';

const font = '12px system-ui, sans-serif';

function axis(label, size) {
    return {
        label, font, labelFont: font, labelSize: 18, labelGap: 0, size, stroke: () => colour('--muted'),
        grid: { stroke: () => colour('--grid'), width: 1 }, ticks: { stroke: () => colour('--grid'), width: 1 },
    };
}

const withAlpha = (hex, alpha) => hex + Math.round(alpha * 255).toString(16).padStart(2, '0');

function series(one, isShort) {
    const points = one.points ?? false;
    const stepped = one.stepped ? uPlot.paths.stepped({ align: 1 }) : undefined;
    return {
        label: one.name, stroke: () => colour(one.colour), width: one.points === 'only' ? 0 : (one.width ?? 1.5),
        dash: one.dash, spanGaps: true, value: (_, value) => (value === null || value === undefined ? '–' : short(value)),
        points: { show: points !== false || isShort, size: 6, fill: () => colour(one.colour) },
        paths: points === 'only' ? () => null : stepped,
    };
}

/** Bounds of the values that must be seen: all of `full` series, of the others the middle 96 %. */
function bounds(chart) {
    const values = chart.series.flatMap(({ values, full }) => {
        const sorted = values.filter((value) => value !== null && value !== undefined).sort((a, b) => a - b);
        const cut = full ? 0 : Math.floor(sorted.length * 0.02);
        return sorted.length === 0 ? [] : [sorted[cut], sorted[sorted.length - 1 - cut]];
    });
    if (values.length === 0) return [0, 1];
    const low = chart.fromZero ? Math.min(0, ...values) : Math.min(...values);
    const high = Math.max(...values);
    const room = (high - low || Math.abs(high) || 1) * 0.05;
    return [low < 0 || !chart.fromZero ? low - room : low, high + room];
}

function options(chart, width) {
    const [low, high] = bounds(chart);
    const isShort = chart.xs.length < 3;  // a line of one point would not be seen
    const xRange = chart.xs.length === 1 ? { range: [chart.xs[0], chart.xs[0] + 1] } : {};
    return {
        width, height: width < 500 ? 220 : 280, padding: [8, 12, 0, 0],
        scales: { x: { time: false, ...xRange }, y: { range: [low, high] } },
        axes: [axis(chart.xLabel ?? 'generation', 40), {
            ...axis(chart.yLabel, (_, texts) => 14 + 7 * Math.max(3, ...(texts ?? []).map((text) => String(text).length))),
            values: (_, ticks) => ticks.map(short),
        }],
        series: [{ label: chart.xLabel ?? 'generation', value: (_, x) => (x === null ? '–' : short(x)) }, ...chart.series.map((one) => series(one, isShort))],
        bands: chart.band ? [{ series: chart.band.map((i) => i + 1), fill: () => withAlpha(colour(chart.series[chart.band[0]].colour), 0.15) }] : [],
        cursor: { drag: { x: true, y: false }, points: { size: 7 } },
        legend: { live: true, markers: { fill: (u, i) => u.series[i].stroke?.(u, i) ?? null } },
    };
}

/**
 * {label, xs, yLabel, series: [{name, values, colour, ...}], band: positions of the upper and lower series of an area}.
 * `label` tells who does not see it what it shows.
 */
export function lineChart(chart) {
    const spoken = el('p', { class: 'spoken', 'aria-live': 'polite' });
    const place = el('div', { class: 'chart', tabindex: 0, role: 'img', 'aria-label': `${chart.label} Arrow keys move along it.` });
    let plot = null;
    let at = 0;
    const move = (to) => {
        at = Math.max(0, Math.min(chart.xs.length - 1, to));
        plot.setCursor({ left: plot.valToPos(chart.xs[at], 'x'), top: 10 });
        const values = chart.series.filter(({ values }) => values[at] !== null && values[at] !== undefined);
        spoken.textContent = `${chart.xLabel ?? 'generation'} ${chart.xs[at]}: ` +
            values.map(({ name, values }) => `${name} ${short(values[at])}`).join(', ');
    };
    place.addEventListener('keydown', (event) => {
        const step = event.shiftKey ? Math.ceil(chart.xs.length / 10) : 1;
        const to = { ArrowLeft: at - step, ArrowRight: at + step, Home: 0, End: chart.xs.length - 1 }[event.key];
        if (to === undefined) return;
        event.preventDefault();
        move(to);
    });
    drawIn(place, (width) => {
        plot?.destroy();
        plot = new uPlot(options(chart, width), [chart.xs, ...chart.series.map(({ values }) => values)], place);
    });
    return el('div', {}, place, spoken);
}
