#!/bin/sh
# Compiles a program in Rust with libclade_model and runs it: `run_rust.sh RUSTC SOURCE FOLDER PROGRAM ARGUMENT...`, with the
# folder of the library.
set -eu
rustc=$1
source=$2
folder=$3
program=$4
shift 4
"$rustc" --edition 2021 -L "$folder" -o "$program" "$source"
LD_LIBRARY_PATH=$folder "$program" "$@"
