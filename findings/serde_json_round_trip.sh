#!/usr/bin/env bash
# serde_json 1.0.154 (Rust): one in ten weights that it writes and reads again is not the same number
#
# Guess: to_string() writes enough digits for a double, and from_str() gives the same double back, as every JSON
#   reader does.
# Seen: of 200,000 doubles between -1 and 1 about 21,000 come back changed in the last bit, -0.23652698970703234 for
#   example. Of doubles of all sizes three in ten change. With the feature "float_roundtrip" none does. The text is
#   right.
# Why the guess misses: the default reader gives up the last bit for speed: it collects the digits in an integer and
#   multiplies by a rounded power of ten. Other readers are exact by now (tried: Python, orjson, simdjson, RapidJSON,
#   jq).
# For neuroevolution: a genome that goes through a Rust tool as JSON is another genome, and the digest of a population
#   or a replay of a chaotic task shows it. Ask for the feature, or compare digests after reading.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir -p src
cat >src/main.rs <<'END'
fn changed(value: f64) -> bool {
    let text = serde_json::to_string(&value).unwrap();
    let read: f64 = serde_json::from_str(&text).unwrap();
    assert_eq!(text.parse::<f64>().unwrap(), value); // the standard library reads the text exactly
    read != value
}

fn main() {
    let mut random: u64 = 88172645463325252;
    let (mut weights, mut all) = (0, 0);
    for _ in 0..200_000 {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        weights += changed((random >> 11) as f64 / (1u64 << 53) as f64 * 2.0 - 1.0) as u32;
        let any = f64::from_bits(random);
        all += (any.is_finite() && changed(any)) as u32;
    }
    println!("changed of 200000: {weights} between -1 and 1, {all} of all sizes");
}
END

for features in '' '"float_roundtrip"'; do
    cat >Cargo.toml <<END
[package]
name = "round_trip"
version = "0.1.0"
edition = "2021"
[dependencies]
serde_json = { version = "=1.0.154", features = [$features] }
END
    cargo build --quiet --release || exit 2
    printf 'features [%s]: ' "$features"
    target/release/round_trip
done | tee seen
diff seen - <<'END'
features []: changed of 200000: 20983 between -1 and 1, 59390 of all sizes
features ["float_roundtrip"]: changed of 200000: 0 between -1 and 1, 0 of all sizes
END
