// Elements with texts: nothing here reads markup, so what a run is called stays text.

const svgNames = 'http://www.w3.org/2000/svg';

function fill(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes)) {
        if (value === false || value === null || value === undefined) continue;
        if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
        else element.setAttribute(name, value === true ? '' : value);
    }
    element.append(...children.flat(2).filter((child) => child !== null && child !== undefined));
    return element;
}

/** An HTML element; children are elements or texts, null is left out. */
export const el = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);

/** The same of SVG. */
export const svg = (tag, attributes = {}, ...children) =>
    fill(document.createElementNS(svgNames, tag), attributes, children);

let unique = 0;

/** An id that no other element of the page has. */
export const newId = (word) => `${word}-${++unique}`;
