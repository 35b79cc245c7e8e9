// The page of `clade report`: reads the data that stand in it, and draws.
import './report.css';
import { el } from './dom.js';
import * as run from './run_sections.js';

const data = JSON.parse(document.getElementById('data').textContent);
const sections = [run.fitness, run.species, run.complexity, run.network, run.genealogy, run.task, run.operators,
    run.stages, run.statistics, run.config, run.machine].map((make) => make(data)).filter((made) => made !== null);
const contents = el('nav', { 'aria-label': 'Contents' }, el('ul', {},
    sections.map((one) => el('li', {}, el('a', { href: `#${one.id}` }, one.querySelector('h2').textContent)))));
document.getElementById('report').append(run.summary(data), contents, ...sections);
