#!/bin/sh
# Whether check_viewer.sh sees a page of `clade report` that is not of its sources.
#   broken_viewer.sh SOURCE
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder/apps/viewer"
cp -R "$1/apps/viewer/src" "$1/apps/viewer/dist" "$1/apps/viewer/package.json" "$1/apps/viewer/package-lock.json" \
    "$1/apps/viewer/vite.config.js" "$folder/apps/viewer"
sh "$1/cmake/check_viewer.sh" "$folder" || { echo "the page as it is was refused"; exit 1; }

# refused SOURCE FILE TEXT WHAT: with the text at the end of the file, the check must fail.
refused() {
    cp "$folder/apps/viewer/$2" "$folder/kept"
    printf '%s\n' "$3" >>"$folder/apps/viewer/$2"
    if sh "$1/cmake/check_viewer.sh" "$folder" >/dev/null; then
        echo "$4 was not seen"
        exit 1
    fi
    cp "$folder/kept" "$folder/apps/viewer/$2"
}
refused "$1" src/numbers.js '// changed' "a changed source"
refused "$1" package-lock.json ' ' "another version of a package"
refused "$1" dist/report.css '/* é */' "a character that is not ASCII"
mv "$folder/apps/viewer/src/numbers.js" "$folder/apps/viewer/src/renamed.js"
if sh "$1/cmake/check_viewer.sh" "$folder" >/dev/null; then echo "a renamed source was not seen"; exit 1; fi
