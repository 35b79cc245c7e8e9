// The sections of the report of a set of trials.
import { figure, section, table, tableToOpen, tile } from './blocks.js';
import { el } from './dom.js';
import { histogram, intervals } from './histogram.js';
import { lineChart } from './line_chart.js';
import { counted, percent, short, time } from './numbers.js';

export function summary({ headline, success: text, direction, seconds, trials }) {
    return el('header', {}, el('h1', {}, trials.name || 'trials'), el('p', { class: 'lead' }, headline),
        el('dl', { class: 'tiles' },
            tile('solved', percent(trials.success_rate), text),
            tile('evaluations to the solution', short(trials.evaluations_mean), 'mean of the solved trials'),
            tile('best fitness', short(trials.best_fitness_mean), `mean, to ${direction}`),
            trials.held_out_trials > 0 ? tile('held-out fitness', short(trials.held_out_mean), 'mean of the champions') : null,
            tile('time', time(seconds))));
}

/** How many trials are solved with so many evaluations or fewer. */
function successCurve({ runs, trials }) {
    const needed = runs.filter(({ solved }) => solved).map(({ evaluations }) => evaluations).sort((a, b) => a - b);
    const shares = new Map([[0, 0]]);
    needed.forEach((evaluations, i) => shares.set(evaluations, (i + 1) / trials));
    const last = Math.max(...runs.map(({ evaluations }) => evaluations));
    if (!shares.has(last)) shares.set(last, needed.length / trials);
    return { xs: [...shares.keys()], values: [...shares.values()] };
}

function published(reference) {
    if (!reference) return null;
    const rows = Object.entries(reference).filter(([name, value]) => name !== 'source' && value !== null);
    return table(`Published: ${reference.source}`, [
        { name: 'number', text: ([name]) => name.replaceAll('_', ' ') },
        { name: 'value', number: true, text: ([, value]) => short(value) },
    ], rows);
}

export function success({ trials, success: text }) {
    const { xs, values } = successCurve(trials);
    const says = `${text} trials were solved. The curve is the share that is solved after so many evaluations.`;
    const series = [{ name: 'solved share', values, colour: '--blue', width: 2, full: true, stepped: true }];
    const columns = [{ name: 'evaluations', number: true, text: (i) => short(xs[i]) }, { name: 'solved', number: true, text: (i) => percent(values[i]) }];
    return section('Success',
        figure('Success over evaluations', says,
            lineChart({ label: `Success over evaluations. ${says}`, xs, xLabel: 'evaluations', yLabel: 'share', fromZero: true, series }),
            tableToOpen('Numbers', columns, () => xs.map((_, i) => i))),
        published(trials.reference));
}

function distribution(name, values) {
    const known = values.filter((value) => value !== null && value !== undefined);
    if (known.length === 0) return null;
    const says = `Of ${counted(known.length, 'trial')}.`;
    const columns = [
        { name: 'from', number: true, text: ({ low }) => short(low) },
        { name: 'trials', number: true, text: ({ count }) => short(count) },
    ];
    return figure(name, says, histogram(known, 'trial', `${name}. ${says}`), tableToOpen('Numbers', columns, () => intervals(known).bins));
}

export function distributions({ trials: { runs } }) {
    const solved = runs.filter((run) => run.solved);
    const shown = [
        distribution('Evaluations to the solution', solved.map(({ evaluations }) => evaluations)),
        distribution('Fitness of the champions', runs.map(({ fitness }) => fitness)),
        distribution('Held-out fitness', runs.map(({ held_out: held }) => held?.mean)),
        distribution('Hidden nodes of the solutions', solved.map(({ hidden_nodes: hidden }) => hidden)),
        distribution('Connections of the solutions', solved.map(({ connections }) => connections)),
    ].filter((one) => one !== null);
    return section('Distributions', el('div', { class: 'pair' }, shown));
}

export function each({ trials: { runs } }) {
    const columns = [
        { name: 'seed', number: true, text: ({ seed }) => String(seed) },
        { name: 'outcome', text: ({ outcome }) => outcome },
        { name: 'generations', number: true, text: ({ generations }) => short(generations) },
        { name: 'evaluations', number: true, text: ({ evaluations }) => short(evaluations) },
        { name: 'fitness', number: true, text: ({ fitness }) => short(fitness) },
        { name: 'held-out', number: true, text: ({ held_out: held }) => (held ? short(held.mean) : '-') },
        { name: 'hidden', number: true, text: ({ hidden_nodes: hidden }) => short(hidden) },
        { name: 'connections', number: true, text: ({ connections }) => short(connections) },
        { name: 'time', number: true, text: ({ seconds }) => time(seconds) },
    ];
    return section('Each trial', runs.length > 40 ? tableToOpen(`All ${runs.length} trials`, columns, () => runs) : table(`All ${runs.length} trials`, columns, runs));
}
