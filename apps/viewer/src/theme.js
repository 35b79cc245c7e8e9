// Light and dark, and when drawings must be made anew: a drawing on a canvas does not follow the style by itself.

const drawings = [];
const paperWidth = 680;  // of A4 and US letter within their margins

/** Calls `draw(width)` now that its container has a width, and again when width or colours change. */
export function drawIn(container, draw) {
    const drawing = { container, draw, width: 0 };
    drawings.push(drawing);
    new ResizeObserver(() => {
        const width = Math.floor(container.clientWidth);
        if (width > 0 && width !== drawing.width) {
            drawing.width = width;
            draw(width);
        }
    }).observe(container);
}

function drawAll(widest = Infinity) {
    for (const { draw, width } of drawings) if (width > 0) draw(Math.min(width, widest));
}

/** The value of a custom property of the style, e.g. '--blue'. */
export const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => drawAll());
addEventListener('beforeprint', () => {
    document.documentElement.dataset.theme = 'light';  // paper is white
    drawAll(paperWidth);
});
addEventListener('afterprint', () => {
    delete document.documentElement.dataset.theme;
    drawAll();
});
