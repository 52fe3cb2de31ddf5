# Prints the compiler to give cargo as RUSTC for the portal, and on a second line which way it was had.
# Three ways, in this order: the target is there; rustup adds it; Debian's rustc with a standard library built once.
set -euo pipefail
target=wasm32-unknown-unknown

has_core() {
    local dir
    dir=$("$1" --print target-libdir --target $target 2>/dev/null) || return 1
    [ -n "$(find "$dir" -maxdepth 1 -name 'libcore-*.rlib' 2>/dev/null)" ]
}
answer() { printf '%s\n%s\n' "$1" "$2"; exit 0; }

if has_core rustc; then answer rustc "rustup's compiler, its WebAssembly target was there"; fi
if [ -z "${NO_RUSTUP_TARGET:-}" ] && command -v rustup >/dev/null; then
    echo "portal: adding the target $target with rustup" >&2
    limit=; command -v timeout >/dev/null && limit="timeout 180"
    if $limit rustup target add $target >&2 && has_core rustc; then
        answer rustc "rustup's compiler, its WebAssembly target was added"
    fi
fi

# Debian's own compiler is newer than its name suggests and comes with the sources of the standard library.
if [ ! -x /usr/bin/rustc ] || [ ! -d /usr/lib/rustlib/src/rust/library/std ]; then
    command -v apt-get >/dev/null || exit 1
    sudo=; [ "$(id -u)" = 0 ] || sudo="sudo -n"
    echo "portal: rustup cannot add $target; installing rustc-web and rust-web-src with apt-get" >&2
    $sudo apt-get update -qq >&2
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends rustc-web rust-web-src >&2
fi
host=$(/usr/bin/rustc -vV | sed -n 's/^host: //p')
hash=$(/usr/bin/rustc -vV | sed -n 's/^commit-hash: //p')
dir=${XDG_CACHE_HOME:-$HOME/.cache}/portal-wasm/$hash
if ! has_core "$dir/bin/rustc"; then
    echo "portal: building the standard library for $target once, into $dir" >&2
    lld=$(rustc --print sysroot)/lib/rustlib/$host/bin/rust-lld
    work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
    tree=$work/tree; empty=$work/empty
    mkdir -p "$empty/src" "$tree/bin" "$tree/lib/rustlib/$host/bin" "$tree/lib/rustlib/$target/lib"
    printf '[package]\nname="std-of-wasm"\nversion="0.0.0"\nedition="2021"\n[workspace]\n[profile.release]\npanic="abort"\ncodegen-units=1\ndebug=0\nopt-level="s"\n' > "$empty/Cargo.toml"
    : > "$empty/src/lib.rs"
    # With bitcode, because the portal is linked with LTO.
    (cd "$empty" && RUSTC_BOOTSTRAP=1 RUSTC=/usr/bin/rustc RUSTFLAGS="-C embed-bitcode=yes" CARGO_TARGET_DIR="$empty/target" \
        cargo build --release --target $target -Z build-std=std,panic_abort,test,proc_macro >&2)
    find "$empty/target/$target/release/deps" -name '*.rlib' ! -name 'libstd_of_wasm*' -exec mv {} "$tree/lib/rustlib/$target/lib/" \;
    ln -s "/usr/lib/rustlib/$host/lib" "$tree/lib/rustlib/$host/lib"
    ln -s "$lld" "$tree/lib/rustlib/$host/bin/rust-lld"
    # A wrapper, not a link: the compiler looks for its libraries beside its own library, wherever it is called from.
    for tool in rustc rustdoc; do
        printf '#!/bin/sh\nexec /usr/bin/%s --sysroot "%s" "$@"\n' $tool "$dir" > "$tree/bin/$tool"
        chmod +x "$tree/bin/$tool"
    done
    mkdir -p "$(dirname "$dir")"; rm -rf "$dir"; mv "$tree" "$dir"
fi
answer "$dir/bin/rustc" "Debian's compiler with a standard library built for WebAssembly in $dir"
