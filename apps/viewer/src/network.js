// The champion's network in its layers: inputs left, outputs right. Positive weights are blue, negative ones orange and
// dashed; the larger, the wider. With the focus on it, the arrow keys move from node to node.
import { el, svg } from './dom.js';
import { readout } from './blocks.js';
import { short } from './numbers.js';
import { drawIn } from './theme.js';

const hint = 'Point at a node or connection, or use the arrow keys to go through the nodes.';
const radius = 8;

export const nameOf = (node) => node.label;

export function describeNode(network, i) {
    const node = network.nodes[i];
    const into = network.connections.filter(({ target }) => target === i).length;
    const out = network.connections.filter(({ source }) => source === i).length;
    const values = node.activation === undefined ? '' :
        `: bias ${short(node.bias)}, response ${short(node.response)}, ${node.activation} of the ${node.aggregation}`;
    const role = node.role === 'hidden' || node.role === 'bias' ? '' : ` (${node.role}, node ${node.id})`;
    return `${nameOf(node)}${role}${values}; ${into} connections in, ${out} out.`;
}

const describeConnection = (network, { source, target, weight, innovation, backward }) =>
    `${nameOf(network.nodes[source])} to ${nameOf(network.nodes[target])}: weight ${short(weight)} (innovation ${innovation}` +
    `${backward ? ', recurrent' : ''}).`;

/** A bow below for what runs backward, of a node to itself a loop. */
function bow([x0, y0], [x1, y1]) {
    const depth = 30 + 0.2 * Math.abs(x1 - x0);
    return `M${x0} ${y0}C${x0 + depth} ${y0 + depth} ${x1 - depth} ${y1 + depth} ${x1} ${y1}`;
}

/** A curve that leaves and reaches each point level. */
function curve(points) {
    return points.map(([x, y], i) => {
        if (i === 0) return `M${x} ${y}`;
        const [x0, y0] = points[i - 1];
        const middle = ((x0 + x) / 2).toFixed(1);
        return `C${middle} ${y0} ${middle} ${y} ${x} ${y}`;
    }).join('');
}

/** Room for the names of nodes of this role, cut to a number of letters. */
function roomFor(nodes, role, letters) {
    const longest = Math.max(0, ...nodes.filter((node) => node.role === role).map((node) => nameOf(node).length));
    return 22 + Math.min(letters, longest) * 7;
}

const cut = (text, letters) => (text.length > letters ? `${text.slice(0, letters - 1)}…` : text);

function label(node, x, y, letters) {
    if (node.role === 'output') return svg('text', { x: x + radius + 6, y: y + 4 }, cut(nameOf(node), letters));
    if (node.role === 'hidden') return svg('text', { x, y: y - radius - 4, 'text-anchor': 'middle', class: 'tick' }, String(node.id));
    return svg('text', { x: x - radius - 6, y: y + 4, 'text-anchor': 'end' }, cut(nameOf(node), letters));
}

function draw(network, container) {
    const isNarrow = container < 500;
    const letters = isNarrow ? 11 : 24;
    const left = Math.max(roomFor(network.nodes, 'input', letters), 50);
    const right = roomFor(network.nodes, 'output', letters);
    const width = Math.max(container, left + right + (isNarrow ? 32 : 64) * (network.layers - 1));
    const height = Math.max(160, Math.min(1600, network.widest * 30));
    const x = (place) => Math.round(left + place * (width - left - right));
    const y = (place) => Math.round(12 + place * height);
    const largest = Math.max(...network.connections.map(({ weight }) => Math.abs(weight ?? 0)), 1e-9);
    const connections = network.connections.map(({ points, weight, backward }) => {
        const path = points.map(([px, py]) => [x(px), y(py)]);
        return svg('path', {
            d: backward ? bow(path[0], path.at(-1)) : curve(path), class: `connection ${weight < 0 ? 'negative' : 'positive'}`,
            style: `--wide:${(0.75 + (4 * Math.abs(weight ?? 0)) / largest).toFixed(2)}px`,
        });
    });
    const nodes = network.nodes.map((node) => svg('g', { class: `node ${node.role}` },
        svg('circle', { cx: x(node.x), cy: y(node.y), r: radius }), label(node, x(node.x), y(node.y), letters)));
    const full = height + 40;
    const picture = svg('svg', { width, height: full, viewBox: `0 0 ${width} ${full}`, 'aria-hidden': 'true' }, connections, nodes);
    return { picture, connections, nodes };
}

export function networkPicture(network, label) {
    const said = readout(hint);
    const place = el('div', { class: 'chart network scroll', tabindex: 0, role: 'img', 'aria-label': label });
    let drawn = null;
    let at = -1;

    const light = (isLit) => drawn.connections.forEach((path, i) => path.classList.toggle('dim', !isLit(network.connections[i])));
    const chooseNode = (i) => {
        drawn.nodes[at]?.classList.remove('chosen');
        at = i;
        drawn.nodes[i].classList.add('chosen');
        light(({ source, target }) => source === i || target === i);
        said.textContent = describeNode(network, i);
    };
    const chooseConnection = (i) => {
        light((one) => one === network.connections[i]);
        said.textContent = describeConnection(network, network.connections[i]);
    };
    const chooseNone = () => {
        drawn.nodes[at]?.classList.remove('chosen');
        light(() => true);
        said.textContent = hint;
    };
    place.addEventListener('pointermove', (event) => {
        const node = drawn.nodes.indexOf(event.target.closest('.node'));
        const connection = drawn.connections.indexOf(event.target);
        if (node >= 0) chooseNode(node);
        else if (connection >= 0) chooseConnection(connection);
    });
    place.addEventListener('pointerleave', chooseNone);
    place.addEventListener('blur', chooseNone);
    place.addEventListener('keydown', (event) => {
        const step = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 }[event.key];
        if (step === undefined) return;
        event.preventDefault();
        chooseNode((at + step + network.nodes.length) % network.nodes.length);
    });
    drawIn(place, (width) => {
        drawn = draw(network, width);
        place.replaceChildren(drawn.picture);
    });
    const legend = el('p', { class: 'legend' }, el('span', { class: 'key positive' }), 'positive weight ',
        el('span', { class: 'key negative' }), 'negative weight; the larger, the wider. Curved below: recurrent.');
    return el('div', {}, place, legend, said);
}
