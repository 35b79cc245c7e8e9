// The parts that a page is made of: sections, figures, tables.
import { el, newId } from './dom.js';

/** A section with a heading, which the list of contents names. */
export function section(title, ...children) {
    const id = title.toLowerCase().replace(/[^a-z]+/g, '-');
    return el('section', { id, 'aria-labelledby': `${id}-title` }, el('h2', { id: `${id}-title` }, title), ...children);
}

/**
 * A table. A column is {name, text: (row) => text or element, number: whether it is set right, room: 'middle' or 'long'
 * for texts that need it}; the first cell of a row names it.
 */
export function table(caption, columns, rows) {
    const id = newId('table');
    const cell = (column, row, first) => el(first ? 'th' : 'td', {
        class: column.number ? 'number' : (column.room ?? null), scope: first ? 'row' : null,
        role: first ? 'rowheader' : 'cell', 'data-name': column.name,
    }, column.text(row));
    const head = columns.map(({ name, number }) => el('th', { scope: 'col', role: 'columnheader', class: number ? 'number' : null }, name));
    const body = rows.map((row) => el('tr', { role: 'row' }, columns.map((column, i) => cell(column, row, i === 0))));
    // The roles are those of the elements: a browser forgets them where the style makes blocks of rows.
    const made = el('table', { role: 'table', 'aria-labelledby': id, class: columns.some(({ room }) => room === 'long') ? 'stacked' : null },
        el('thead', { role: 'rowgroup' }, el('tr', { role: 'row' }, head)), el('tbody', { role: 'rowgroup' }, body));
    return el('div', {}, el('p', { class: 'caption', id }, caption),
        el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-labelledby': id }, made));
}

/** A table that is made when it is opened. */
export function tableToOpen(caption, columns, rows) {
    const details = el('details', {}, el('summary', {}, caption));
    details.addEventListener('toggle', () => {
        if (details.open && details.childElementCount === 1) details.append(table(caption, columns, rows()));
    });
    return details;
}

/** A drawing with its title, a sentence that says what is to be seen, and the same as a table. */
export function figure(title, says, drawing, numbers) {
    const id = newId('figure');
    return el('figure', { role: 'group', 'aria-labelledby': id },
        el('figcaption', {}, el('h3', { id }, title), says ? el('p', {}, says) : null), drawing, numbers ?? null);
}

/** Names and texts. */
export function facts(pairs) {
    return el('dl', { class: 'facts' }, pairs.map(([name, text]) => el('div', {}, el('dt', {}, name), el('dd', {}, text))));
}

/** A number that is seen first, with a word below it. */
export const tile = (name, value, note) =>
    el('div', { class: 'tile' }, el('dt', {}, name), el('dd', {}, value, note ? el('small', {}, note) : null));

/** A bar as long as its share, beside the number it shows. */
export function bar(share, text) {
    const width = Number.isFinite(share) ? Math.max(0, Math.min(1, share)) : 0;
    return el('span', { class: 'bar' }, el('span', { class: 'bar-track', 'aria-hidden': 'true' },
        el('span', { class: 'bar-fill', style: `width:${(100 * width).toFixed(2)}%` })), el('span', {}, text));
}

/** Where a drawing says what is under the pointer, or what the keys have chosen. */
export const readout = (hint) => el('p', { class: 'readout', 'aria-live': 'polite' }, hint);
