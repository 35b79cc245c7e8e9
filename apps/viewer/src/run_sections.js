// The sections of a run's report, in their order; null where there is nothing to show.
import { bar, facts, figure, section, table, tableToOpen, tile } from './blocks.js';
import { el } from './dom.js';
import { lineChart } from './line_chart.js';
import { describeNode, nameOf, networkPicture } from './network.js';
import { counted, percent, short, thinned, time } from './numbers.js';
import { river } from './river.js';

const rowsOfNumbers = 40;

/** The numbers of a chart as a table, of many generations some. */
function numbers(xs, series, xName = 'generation') {
    const shown = thinned(xs.length, rowsOfNumbers);
    const caption = shown.length < xs.length ? `Numbers (${shown.length} of ${xs.length} generations)` : 'Numbers';
    const columns = series.map(({ name, values }) => ({ name, number: true, text: (i) => (values[i] === undefined ? '' : short(values[i])) }));
    return tableToOpen(caption, [{ name: xName, number: true, text: (i) => String(xs[i]) }, ...columns], () => shown);
}

function chart(title, says, spec) {
    return figure(title, says, lineChart({ ...spec, label: `${title}. ${says}` }), numbers(spec.xs, spec.series));
}

/** A value where a generation has one, on the generations of the chart. */
function onGenerations(xs, { generation, value }) {
    const at = new Map(generation.map((number, i) => [number, value[i]]));
    return xs.map((x) => at.get(x) ?? null);
}

export function summary({ run, champion }) {
    const held = champion?.held_out;
    return el('header', {}, el('h1', {}, run.name || 'run'),
        el('p', { class: 'lead' }, `Task ${run.task}. Outcome: ${run.outcome}.`),
        el('dl', { class: 'tiles' },
            tile('best fitness', short(run.best_fitness), `to ${run.direction}`),
            held ? tile(held.name, short(held.mean), 'of the champion') : null,
            tile('generations', short(run.generations), `of ${counted(run.population, 'genome')}`),
            tile('evaluations', short(run.evaluations)),
            champion ? tile('champion', `${champion.hidden} hidden`, counted(champion.connections, 'connection')) : null,
            tile('time', time(run.seconds))),
        [run.failed, run.racing, held?.luck].filter(Boolean).map((note) => el('p', { class: 'note' }, note)));
}

export function fitness({ series, held_out: held, run, champion }) {
    const spec = {
        xs: series.generation, yLabel: 'fitness', band: [3, 4],
        series: [
            { name: 'best', values: series.best, colour: '--blue', width: 2, full: true },
            { name: 'median', values: series.median, colour: '--orange' },
            { name: 'mean', values: series.mean, colour: '--muted', dash: [5, 4], width: 1 },
            { name: 'upper quartile', values: series.upper_quartile, colour: '--orange', width: 0.5 },
            { name: 'lower quartile', values: series.lower_quartile, colour: '--orange', width: 0.5 },
        ],
    };
    if (held) spec.series.push({ name: held.name, values: onGenerations(series.generation, held), colour: '--green', full: true, points: held.value.length < 60 ? 'only' : false });
    const says = `Best fitness ${short(run.best_fitness)} after ${counted(run.generations, 'generation')}; to ${run.direction}. ` +
        'The area lies between the quartiles of each generation. Far outliers may lie outside.';
    const chosen = champion?.held_out;
    return section('Fitness', chart('Fitness over the generations', says, spec),
        chosen ? facts([['the champion’s fitness in evolution', short(champion.fitness)], [chosen.name, chosen.text], ['chosen', chosen.choice]]) : null);
}

export function species({ species: all, series }) {
    const largest = [...all.lives].sort((a, b) => b.largest - a.largest || a.id - b.id).slice(0, 20);
    const columns = [
        { name: 'species', number: true, text: ({ id }) => String(id) },
        { name: 'from', text: ({ parents }) => parents.join(', ') || '-' },
        { name: 'first', number: true, text: ({ born }) => String(born) },
        { name: 'last', number: true, text: ({ last }) => String(last) },
        { name: 'largest', number: true, text: ({ largest: size }) => short(size) },
        { name: 'best fitness', number: true, text: ({ best }) => short(best) },
        { name: 'end', text: ({ end }) => end },
    ];
    const says = `${counted(all.count, 'species', 'species')} in all. Thickness is the share of the genomes.`;
    const diversity = {
        xs: series.generation, yLabel: 'species', fromZero: true,
        series: [
            { name: 'species', values: series.species_count, colour: '--blue', full: true },
            { name: 'effective number', values: series.effective_species, colour: '--green', full: true },
        ],
    };
    const caption = `The ${largest.length} largest species`;
    if (series.generation.length < 2) return section('Species', table(caption, columns, largest));  // no river yet
    return section('Species',
        figure('Species over the generations', says, river(all, series, `Species over the generations. ${says}`),
            tableToOpen(caption, columns, () => largest)),
        chart('Diversity', 'The effective number is how many species of equal size would be as diverse: 1 over the sum of squared shares.', diversity));
}

export function complexity({ series }) {
    const lines = (of, one) => [
        { name: 'champion', values: series[`best_${of}`], colour: '--blue', full: true },
        { name: `mean`, values: series[`mean_${of}`], colour: '--orange', full: true },
    ].map((line) => ({ ...line, unit: one }));
    return section('Complexity', el('div', { class: 'pair' },
        chart('Connections', 'Enabled connections of each generation’s champion, and their mean.',
            { xs: series.generation, yLabel: 'connections', fromZero: true, series: lines('connections') }),
        chart('Hidden nodes', 'Hidden nodes of each generation’s champion, and their mean.',
            { xs: series.generation, yLabel: 'hidden nodes', fromZero: true, series: lines('hidden') })));
}

export function statistics({ series }) {
    const names = Object.keys(series.statistics);
    if (names.length === 0) return null;
    return section('Statistics of the program', names.map((name) => chart(name, 'As the program logged it.',
        { xs: series.generation, yLabel: '', series: [{ name, values: series.statistics[name], colour: '--blue', full: true }] })));
}

export function network({ network: net, champion }) {
    if (!net) return null;
    const hidden = net.nodes.filter(({ role }) => role === 'hidden').length;
    const recurrent = net.connections.filter(({ backward }) => backward).length;
    const says = `Genome ${champion.id} of generation ${champion.generation}: ${hidden} hidden, ` +
        `${counted(net.connections.length, 'connection')} (${recurrent} recurrent), and ${net.disabled} disabled.`;
    const connections = tableToOpen('Connections', [
        { name: 'from', text: ({ source }) => nameOf(net.nodes[source]) },
        { name: 'to', text: ({ target }) => nameOf(net.nodes[target]) },
        { name: 'weight', number: true, text: ({ weight }) => short(weight) },
        { name: 'innovation', number: true, text: ({ innovation }) => String(innovation) },
    ], () => [...net.connections].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)));
    const nodes = tableToOpen('Nodes', [{ name: 'node', text: (i) => describeNode(net, i) }], () => net.nodes.map((_, i) => i));
    return section('The champion’s network', figure('Network', says, networkPicture(net, `The champion’s network. ${says}`), null), connections, nodes);
}

export function genealogy({ genealogy: line }) {
    if (!line) return null;
    const rise = ({ before, fitness: after }) => (before === null || after === null ? 0 : Math.abs(after - before));
    const largest = [...line.rises].sort((a, b) => rise(b) - rise(a)).slice(0, 10).sort((a, b) => a.generation - b.generation);
    const steps = new Map(line.rises.map((step) => [step.generation, step.fitness]));
    const spec = {
        xs: line.line.generation, yLabel: 'fitness',
        series: [
            { name: 'ancestor', values: line.line.fitness, colour: '--blue', full: true },
            { name: 'rise', values: line.line.generation.map((g) => steps.get(g) ?? null), colour: '--orange', points: 'only', full: true },
        ],
    };
    const columns = [
        { name: 'generation', number: true, text: ({ generation }) => String(generation) },
        { name: 'genome', number: true, text: ({ id }) => String(id) },
        { name: 'fitness', room: 'middle', text: ({ before, fitness: after }) => `${short(before)} → ${short(after)}` },
        { name: 'operators', text: ({ operators }) => operators },
        { name: 'genes changed', room: 'long', text: ({ changes }) => changes?.replaceAll('->', '→') ?? '-' },
    ];
    const says = `${counted(line.length, 'genome')}, each the fitter parent of the next, back to the first generation.`;
    return section('The champion’s ancestors',
        figure('Fitness of the ancestors', says, lineChart({ ...spec, label: `Fitness of the ancestors. ${says}` }), null),
        line.note ? el('p', { class: 'note' }, line.note) : null,
        largest.length > 0 ? table('The mutations that mattered: the largest rises above the fitter parent', columns, largest) : null,
        line.rises.length > largest.length ? tableToOpen(`All ${line.rises.length} rises listed`, columns, () => line.rises) : null);
}

export function operators({ operators: all }) {
    if (all.length === 0) return null;
    const most = Math.max(...all.map(({ genomes, improved }) => improved / genomes));
    return section('Operators', table('How often children beat their fitter parent. A genome counts for each of its operators.', [
        { name: 'operator', text: ({ name }) => name.replaceAll('_', ' ') },
        { name: 'genomes', number: true, text: ({ genomes }) => short(genomes) },
        { name: 'beat their parent', text: ({ genomes, improved }) => bar(improved / genomes / most, percent(improved / genomes)) },
        { name: 'best ever', number: true, text: ({ best_ever: best }) => short(best) },
        { name: 'mean fitness', number: true, text: ({ mean }) => short(mean) },
        { name: 'best fitness', number: true, text: ({ best }) => short(best) },
    ], all));
}

export function stages({ stages: all, run }) {
    const shown = all.filter(({ seconds }) => seconds > 0).sort((a, b) => b.seconds - a.seconds);
    if (shown.length === 0) return null;
    return section('Time', table('Time of each stage over the run', [
        { name: 'stage', text: ({ name }) => name },
        { name: 'share', text: ({ seconds }) => bar(seconds / shown[0].seconds, percent(seconds / run.seconds)) },
        { name: 'time', number: true, text: ({ seconds }) => time(seconds) },
        { name: 'per generation', number: true, text: ({ seconds }) => time(seconds / run.generations) },
    ], shown));
}

export function task({ task: shown }) {
    const measures = Object.entries(shown.measures);
    if (measures.length === 0 && !shown.table && !shown.problem) return null;
    const header = shown.table?.header ?? [];
    return section('What the task shows',
        shown.problem ? el('p', { class: 'note' }, `No report on the champion: ${shown.problem}`) : null,
        shown.criterion ? el('p', {}, `When it is solved: ${shown.criterion}`) : null,
        measures.length > 0 ? table('Measures of the champion', [
            { name: 'measure', text: ([name]) => name },
            { name: 'value', number: true, text: ([, value]) => short(value) },
        ], measures) : null,
        shown.table ? table('Results of the champion', header.map((name, i) => ({ name, number: i > 0, text: (row) => row[i] ?? '' })), shown.table.rows) : null);
}

export function config({ config: rows }) {
    const columns = [
        { name: 'key', text: ({ key }) => el('code', {}, key) },
        { name: 'value', room: 'middle', text: ({ value, differs }) => (differs ? el('strong', {}, value) : value) },
        { name: 'default', room: 'middle', text: ({ default: usual, differs }) => (usual === null ? 'not known' : differs ? usual : 'the same') },
        { name: 'meaning', room: 'long', text: ({ meaning }) => meaning },
    ];
    const differing = rows.filter(({ differs }) => differs);
    return section('Configuration',
        table(`${differing.length} of ${rows.length} keys differ from the task’s defaults`, columns, differing),
        tableToOpen(`All ${rows.length} keys`, columns, () => rows));
}

export const machine = ({ machine: pairs }) => section('Machine and build', facts(pairs.filter(([, text]) => text !== '')));
