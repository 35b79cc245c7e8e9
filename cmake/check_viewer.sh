#!/bin/sh
# Whether the page of `clade report` in apps/viewer/dist was built from the sources beside it: `sh cmake/check_viewer.sh
# [ROOT]` compares the digest in its first lines with that of the sources, without node. Prints what is wrong, and exits 1.
set -eu
cd "${1:-$(dirname "$0")/..}/apps/viewer"

sources=$(find src package.json package-lock.json vite.config.js -type f | LC_ALL=C sort | xargs sha256sum | sha256sum |
    cut -d ' ' -f 1)
failed=0
for file in dist/report.js dist/report.css; do
    built=$(sed -n '1s/.*Sources: \([0-9a-f]*\).*/\1/p' "$file")
    [ "$built" = "$sources" ] && continue
    echo "apps/viewer/$file: was built from other sources: run 'npm ci && npm run build' in apps/viewer, and commit dist"
    failed=1
done
if LC_ALL=C grep -q '[^ -~[:space:]]' dist/report.js dist/report.css; then
    echo "apps/viewer/dist: is to be plain ASCII, as CMake cuts it into parts"
    failed=1
fi
exit $failed
