// The page of `clade report`: reads the data that stand in it, and draws.
import './report.css';
import { el } from './dom.js';
import * as run from './run_sections.js';
import * as trials from './trials_sections.js';

const pages = {
    run: [run.summary, run.fitness, run.species, run.complexity, run.network, run.genealogy, run.task, run.operators,
        run.stages, run.statistics, run.config, run.machine],
    trials: [trials.summary, trials.success, trials.distributions, trials.each, run.config, run.machine],
};

const data = JSON.parse(document.getElementById('data').textContent);
const [summary, ...sections] = pages[data.kind].map((make) => make(data)).filter((made) => made !== null);
const contents = el('nav', { 'aria-label': 'Contents' }, el('ul', {},
    sections.map((one) => el('li', {}, el('a', { href: `#${one.id}` }, one.querySelector('h2').textContent)))));
document.getElementById('report').append(summary, contents, ...sections);
