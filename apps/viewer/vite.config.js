// Builds dist/report.js and dist/report.css. Their first line names a digest of all sources, by which
// cmake/check_viewer.sh sees, without node, whether they are the ones of these sources.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vite';

const sha256 = (content) => createHash('sha256').update(content).digest('hex');

/** As `sha256sum FILES | sha256sum` has it, the files in the order of their bytes. */
function digestOfSources() {
    const files = readdirSync('src').map((name) => `src/${name}`);
    files.push('package.json', 'package-lock.json', 'vite.config.js');
    return sha256(files.sort().map((file) => `${sha256(readFileSync(file))}  ${file}\n`).join(''));
}

function head() {
    const licence = readFileSync('node_modules/uplot/LICENSE', 'utf8').trim();
    return `/* Built from apps/viewer with npm run build. Sources: ${digestOfSources()}\n\nIt contains uPlot:\n\n${licence}\n*/\n`;
}

/** Puts the head before both files; a minifier would take comments out. */
const withHead = {
    name: 'with-head',
    enforce: 'post',
    generateBundle(_, bundle) {
        for (const file of Object.values(bundle)) {
            if (file.type === 'chunk') file.code = head() + file.code;
            else file.source = head() + file.source;
        }
    },
};

export default defineConfig({
    plugins: [withHead],
    esbuild: { charset: 'ascii' },
    build: {
        lib: { entry: 'src/main.js', name: 'cladeReport', formats: ['iife'], fileName: () => 'report.js', cssFileName: 'report' },
        minify: 'esbuild',
        target: 'es2022',
    },
});
